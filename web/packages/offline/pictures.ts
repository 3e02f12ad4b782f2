/** Longest side and size within which a photographed document stays easy to read. */
const MAX_SIDE = 2400
const GOOD_BELOW = 700_000
const QUALITY = 0.82
const PICTURE = /^image\/(jpeg|png|webp|heic|heif|avif|bmp|gif)$/
const PLAIN = /^image\/(jpeg|png)$/

/** A picture that this browser cannot open. */
export class UnreadablePicture extends Error {
  constructor(cause: unknown) {
    super('picture cannot be read', { cause })
    this.name = 'UnreadablePicture'
  }
}

/** The size of a picture within a square. */
export function fitted(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A picture made small enough to travel on a bad network and turned upright; a file that is no picture, and one that is
 * small already, stays as it is. Throws UnreadablePicture.
 */
export async function shrunk(file: File, side = MAX_SIDE): Promise<File> {
  if (!PICTURE.test(file.type)) return file
  const bitmap = await opened(file)
  try {
    const isSmall = Math.max(bitmap.width, bitmap.height) <= side && file.size <= GOOD_BELOW
    if (isSmall && PLAIN.test(file.type)) return file
    const blob = await drawn(bitmap, side, QUALITY)
    if (blob.size >= file.size && PLAIN.test(file.type)) return file
    return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified })
  } finally {
    bitmap.close()
  }
}

async function opened(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    throw new UnreadablePicture(error)
  }
}

function drawn(bitmap: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const { width, height } = fitted(bitmap.width, bitmap.height, side)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new UnreadablePicture(new Error('no canvas'))
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePicture(null))), 'image/jpeg', quality)
  })
}
