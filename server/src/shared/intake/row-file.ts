import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { literal, quoted } from '#ground/warehouse/index.ts'
import { allBlanks, type UncheckedRows } from '#shared/datasets/index.ts'

/** A row's texts together, as in csv. */
export const longestRow = 2_097_152

/** A csv of our own on the way from another form to the checks: each row with its number and the faults found so far. */
export interface RowFile {
  /** Notes a row; it is written by `flush`. */
  add(row: number, marks: readonly string[], texts: readonly string[]): void
  flush(): Promise<void>
  close(): Promise<void>
}

export function openRowFile(path: string): RowFile {
  const file = createWriteStream(path, { mode: 0o600 })
  const failure = new Promise<never>((_done, fail) => file.once('error', fail))
  failure.catch(() => {})
  let lines: string[] = []
  const flush = async () => {
    const full = !file.write(lines.join(''))
    lines = []
    if (full) await Promise.race([once(file, 'drain'), failure])
  }
  return {
    add: (row, marks, texts) => {
      const marked = marks.length > 0 ? csvText(`${marks.map((mark) => `|${mark}`).join('')}|`) : ''
      lines.push(`${row},${marked},${texts.map(csvText).join(',')}\n`)
    },
    flush,
    close: async () => {
      await flush()
      file.end()
      await finished(file)
    },
  }
}

function csvText(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '""')}"`
}

/** The rows of such a file as the checks take them; `present` are its columns behind number and marks. */
export function rowFileSource(path: string, present: readonly string[], allowDemo: boolean): UncheckedRows {
  const types = ['row_no', 'marks', ...present].map(
    (column) => `${literal(column)}: ${column === 'row_no' ? "'integer'" : "'varchar'"}`,
  )
  return {
    from: `read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
      columns = {${types.join(', ')}}, max_line_size = ${longestRow * 4})`,
    present,
    rowNumber: quoted('row_no'),
    marks: 'marks',
    blanks: allBlanks,
    allowDemo,
  }
}
