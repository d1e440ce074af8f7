import sharp from 'sharp'
import { defineError } from '#ground/errors/index.ts'

const unreadable = defineError(
  'files.image_unreadable',
  422,
  '图片已损坏或尺寸过大，无法读取，请重新拍摄或导出后上传。',
  'The image is damaged or too large to be read; take or export it again.',
)

/** A picture of 60 megapixels is more than a scanned A3 page needs; beyond it a small file can fill the memory. */
const pixelLimit = 60_000_000

/**
 * Draws a picture anew: upright, without metadata (place, device, time), in its own format. What hid in the old bytes
 * is gone. Throws `files.image_unreadable`.
 */
export async function redrawnImage(bytes: Buffer, mediaType: string): Promise<Buffer> {
  try {
    const image = sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'error' }).rotate()
    if (mediaType === 'image/png') return await image.png().toBuffer()
    if (mediaType === 'image/webp') return await image.webp({ quality: 90 }).toBuffer()
    return await image.jpeg({ quality: 90 }).toBuffer()
  } catch (cause) {
    throw unreadable({}, { cause })
  }
}
