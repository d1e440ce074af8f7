import { readXml } from '../xml/read-xml.ts'
import type { SafeZip } from '../zip/safe-zip.ts'
import { TooLargeWorkbook, unescaped } from './workbook.ts'

/** The texts that cells name by number. They are kept as bytes outside the heap: a large file has millions. */
export interface SharedTexts {
  at(index: number): string | undefined
}

const largest = 268_435_456

export async function readSharedTexts(zip: SafeZip, part: string | undefined): Promise<SharedTexts> {
  if (!part || !zip.has(part)) return { at: () => undefined }
  const size = zip.size(part)
  if (size > largest) throw new TooLargeWorkbook()
  const bytes = Buffer.allocUnsafeSlow(size)
  let ends = new Uint32Array(1024)
  let count = 0
  let end = 0
  const texts = gatherTexts((text) => {
    end += bytes.write(text, end, 'utf8')
    if (count === ends.length) {
      const wider = new Uint32Array(ends.length * 2)
      wider.set(ends)
      ends = wider
    }
    ends[count++] = end
  }, 'si')
  await readXml(await zip.open(part), texts)
  return {
    at: (index) =>
      index < count ? bytes.toString('utf8', index ? ends[index - 1] : 0, ends[index]) : undefined,
  }
}

/** Joins the runs of a text (`si` or `is`), without the reading aids that East Asian texts may carry (`rPh`). */
function gatherTexts(done: (text: string) => void, item: string) {
  let text = ''
  let inText = false
  let inReading = false
  return {
    open: (name: string) => {
      if (name === item) text = ''
      if (name === 'rPh') inReading = true
      if (name === 't') inText = !inReading
    },
    text: (part: string) => {
      if (inText) text += part
    },
    close: (name: string) => {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === item) done(unescaped(text))
    },
  }
}
