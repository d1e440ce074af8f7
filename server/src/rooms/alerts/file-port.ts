import type { Trx } from '#ground/database/index.ts'

/** What the room needs of the file store: that attachments exist. `FilesService` of shared/files satisfies it. */
export interface FileDescriptions {
  /** Throws when one of the files does not exist. */
  describe(trx: Trx, fileIds: readonly string[]): Promise<readonly { fileId: string; fileName: string }[]>
}
