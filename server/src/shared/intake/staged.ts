import type { Dataset, RowFault } from '#shared/datasets/index.ts'
import type { FileForm } from './file-form.ts'

/** A file on its way in, with its form as told by its content. */
export interface ArrivedFile {
  readonly path: string
  readonly name: string
  readonly form: FileForm
}

/** What checking found in a file, in tables of the session until `keep`. */
export interface StagedFile {
  /** Whose columns the faults and the refused rows name. */
  readonly source: Dataset
  readonly total: number
  readonly refused: number
  faults(limit: number): Promise<readonly RowFault[]>
  /** The query of the refused rows: `row_no`, `cells` in the order of `present`, `faults`. */
  readonly refusedRows: string
  readonly present: readonly string[]
  /** Leaves the good rows, and only these, in a table for each dataset. */
  keep(): Promise<void>
}

export interface StagingFolder {
  readonly folder: string
  readonly allowDemo: boolean
}

/** Either what was found in the file, or why it cannot be read as a whole. */
export type Staged =
  | { readonly staged: StagedFile; readonly fileFaults: readonly [] }
  | { readonly staged: undefined; readonly fileFaults: readonly RowFault[] }
