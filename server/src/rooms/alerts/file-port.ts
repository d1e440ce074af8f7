import type { FilesService } from '#shared/files/index.ts'

/** What the room needs of the file store: the bytes of what is attached to its alerts. */
export type AttachedFiles = Pick<FilesService, 'open'>
