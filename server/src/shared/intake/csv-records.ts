import { createReadStream } from 'node:fs'

/**
 * The records of a UTF-8 csv that the product itself has written, one after the other. What comes from outside is read
 * by the warehouse's engine, with its checks.
 */
export async function* csvRecords(path: string): AsyncGenerator<string[]> {
  let record: string[] = []
  let cell = ''
  let quoted = false
  let closing = false
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    for (const character of chunk) {
      if (quoted && !closing) {
        if (character === '"') closing = true
        else cell += character
        continue
      }
      if (character === '"') {
        // Two quotation marks within a quoted cell are one of its text.
        if (closing) cell += '"'
        quoted = true
        closing = false
        continue
      }
      if (character === ',' || character === '\n') {
        record.push(cell)
        cell = ''
        quoted = false
        closing = false
        if (character === '\n') {
          yield record
          record = []
        }
        continue
      }
      cell += character
    }
  }
  if (cell !== '' || record.length > 0) yield [...record, cell]
}

/** A record as a line of csv. */
export function csvLine(cells: readonly string[]): string {
  const texts = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${texts.join(',')}\n`
}
