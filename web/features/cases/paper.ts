import type { Notice } from '@suqian/api-client'
import { currentLanguage } from '@suqian/i18n'

const WIDTH = 1240
const MARGIN = 130
const LINE = 58
const FONT = "'Songti SC', 'Noto Serif CJK SC', 'SimSun', serif"

/** A written voucher as a picture of a page, to keep or to send on. */
export async function drawPaper(notice: Notice, organisation: string): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.font = `34px ${FONT}`
  const lines = notice.paragraphs.flatMap((paragraph) => [...brokenUp(context, `\u3000\u3000${paragraph}`), ''])
  canvas.width = WIDTH
  canvas.height = Math.max(1754, 420 + lines.length * LINE + 320)
  paint(context, notice, organisation, lines)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}

/** The day under a voucher: no weekday, as on paper. */
export function paperDay(day: string): string {
  const tag = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN'
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(new Date(`${day}T12:00:00+08:00`))
}

/** A paragraph cut into lines of the page, sign by sign as Chinese is set. */
export function brokenUp(context: Pick<CanvasRenderingContext2D, 'measureText'>, text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const sign of text) {
    if (line && context.measureText(line + sign).width > WIDTH - 2 * MARGIN) {
      lines.push(line)
      line = ''
    }
    line += sign
  }
  return line ? [...lines, line] : lines
}

function paint(context: CanvasRenderingContext2D, notice: Notice, organisation: string, lines: readonly string[]): void {
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  context.textAlign = 'center'
  context.fillStyle = '#c8102e'
  context.font = `bold 52px ${FONT}`
  context.fillText(organisation, WIDTH / 2, 150)
  context.fillRect(MARGIN, 186, WIDTH - 2 * MARGIN, 4)
  context.fillStyle = '#1a1f29'
  context.font = `bold 46px ${FONT}`
  context.fillText(notice.title, WIDTH / 2, 280)
  context.font = `30px ${FONT}`
  context.fillText(notice.number, WIDTH / 2, 338)
  context.textAlign = 'left'
  context.font = `34px ${FONT}`
  lines.forEach((line, place) => context.fillText(line, MARGIN, 430 + place * LINE))
  context.textAlign = 'right'
  const end = 430 + lines.length * LINE + 80
  context.fillText(organisation, WIDTH - MARGIN, end)
  context.fillText(paperDay(notice.issued_on), WIDTH - MARGIN, end + LINE)
}
