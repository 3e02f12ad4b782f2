/** The marks of the apps: white lines on a coloured square, drawn as SVG and, without any library, as PNG. */
import { crc32, deflateSync } from 'node:zlib'

/** Lines on a 24 × 24 grid. */
export const MARKS = {
  palm: [[[5, 10.5], [12, 5], [19, 10.5]], [[7.5, 11.5], [7.5, 18]], [[12, 11.5], [12, 18]], [[16.5, 11.5], [16.5, 18]], [[5, 19], [19, 19]]],
  approval: [[[6.5, 5], [17.5, 5], [17.5, 19], [6.5, 19], [6.5, 5]], [[9.2, 12.4], [11.4, 14.6], [15, 9.6]]],
  hall: [[[4.5, 19], [4.5, 9], [12, 5], [19.5, 9], [19.5, 19]], [[4.5, 19], [19.5, 19]], [[9.5, 19], [9.5, 13], [14.5, 13], [14.5, 19]]],
  inquiry: [[[5, 5.5], [19, 5.5], [19, 15.5], [12.5, 15.5], [8.5, 19], [8.5, 15.5], [5, 15.5], [5, 5.5]], [[8.5, 9], [15.5, 9]], [[8.5, 12.2], [13, 12.2]]],
  tender: [[[4.5, 9], [19.5, 9], [19.5, 18.5], [4.5, 18.5], [4.5, 9]], [[4.5, 9.5], [12, 14.5], [19.5, 9.5]], [[12, 4.5], [12, 10.5]], [[9.6, 8.2], [12, 10.6], [14.4, 8.2]]],
  desk: [[[4, 5.5], [20, 5.5], [20, 15.5], [4, 15.5], [4, 5.5]], [[12, 15.5], [12, 19]], [[8.5, 19], [15.5, 19]], [[7.5, 9], [13, 9]], [[7.5, 12], [16.5, 12]]],
  office: [[[6.5, 4.5], [14, 4.5], [17.5, 8], [17.5, 19.5], [6.5, 19.5], [6.5, 4.5]], [[9.2, 9.5], [14.8, 9.5]], [[9.2, 12.5], [14.8, 12.5]], [[9.2, 15.5], [12.5, 15.5]]],
  handset: [[[8, 4.5], [16, 4.5], [16, 19.5], [8, 19.5], [8, 4.5]], [[11.2, 16.8], [12.8, 16.8]]],
}
const STROKE = 1.8
const CORNER = 5.2
const SAMPLES = 4

export function markSvg(mark, colour) {
  const path = MARKS[mark].map((line) => `M${line.map((point) => point.join(' ')).join('L')}`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="${CORNER}" fill="${colour}"/>` +
    `<path d="${path}" fill="none" stroke="#fff" stroke-width="${STROKE}" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  )
}

/** A PNG of `size` pixels. `maskable` fills the square and keeps the mark in the safe middle; `badge` is the mark alone. */
export function markPng(mark, colour, size, { maskable = false, badge = false } = {}) {
  const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  const zoom = maskable ? 1.25 : badge ? 0.82 : 1
  const pixels = Buffer.alloc((size * 4 + 1) * size)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const { mark: ink, ground } = coverage(mark, x, y, size, zoom)
      const alpha = badge ? ink : maskable ? 1 : ground
      const at = y * (size * 4 + 1) + 1 + x * 4
      for (let channel = 0; channel < 3; channel += 1) {
        pixels[at + channel] = Math.round(badge ? 255 : rgb[channel] + (255 - rgb[channel]) * ink)
      }
      pixels[at + 3] = Math.round(alpha * 255)
    }
  }
  return png(pixels, size)
}

function coverage(mark, x, y, size, zoom) {
  let inks = 0
  let grounds = 0
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const u = ((x + ((sample % SAMPLES) + 0.5) / SAMPLES) / size) * 24
    const v = ((y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size) * 24
    const point = [12 + (u - 12) * zoom, 12 + (v - 12) * zoom]
    inks += MARKS[mark].some((line) => distance(point, line) <= STROKE / 2) ? 1 : 0
    grounds += isInRounded(u, v) ? 1 : 0
  }
  return { mark: inks / SAMPLES ** 2, ground: grounds / SAMPLES ** 2 }
}

function distance([x, y], line) {
  let least = Infinity
  for (let index = 1; index < line.length; index += 1) {
    const [ax, ay] = line[index - 1]
    const [dx, dy] = [line[index][0] - ax, line[index][1] - ay]
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy))
  }
  return least
}

function isInRounded(x, y) {
  const beyond = [x, y].map((value) => Math.max(CORNER - value, value - (24 - CORNER), 0))
  return Math.hypot(...beyond) <= CORNER
}

function png(pixels, size) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
