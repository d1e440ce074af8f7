import { Fragment } from 'react'
import { inLanguage } from '../../../language.ts'
import { Cell, marksAt } from './rows-table.tsx'
import type { ShownRows, WordMark } from './use-explanation.ts'

/** One record with its columns by name. */
export function RecordFacts({ shown, marks = [] }: { shown: ShownRows; marks?: readonly WordMark[] }) {
  const [row] = shown.rows
  if (!row) return null
  return (
    <dl className="facts two-columns">
      {shown.columns
        .filter(({ name }) => row[name] !== null && row[name] !== undefined)
        .map((column) => (
          <Fragment key={column.name}>
            <dt>{inLanguage(column.title)}</dt>
            <dd>
              <Cell column={column} value={row[column.name]} marks={marksAt(marks, column.name, null)} />
            </dd>
          </Fragment>
        ))}
    </dl>
  )
}
