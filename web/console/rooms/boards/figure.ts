import type { components } from '../../../client/api.generated.ts'

export type Figure = components['schemas']['AlertFigure']
export type Board = components['schemas']['AlertBoard']

/** The list of alerts that shows the rows of a figure. */
export function rowsAddress(filter: Figure['filter']): string {
  const entries = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0)
      ? []
      : [[name, String(value)] as [string, string]],
  )
  return `/alerts?${new URLSearchParams(entries)}`
}

/** A figure as a chart and the table behind it show it. */
export interface NamedFigure {
  readonly figure: Figure
  readonly name: string
}
