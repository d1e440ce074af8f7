import { sql } from 'kysely'
import type { Caller, Trx } from '#ground/database/index.ts'

export interface StoredFile {
  readonly fileId: string
  readonly sha256: string
  readonly byteCount: number
  readonly mediaType: string
  readonly fileName: string
  readonly uploadedBy: string
  readonly uploadedAt: string
}

const columns = sql`file_id as "fileId", sha256, byte_count::int as "byteCount", media_type as "mediaType",
  file_name as "fileName", uploaded_by as "uploadedBy", uploaded_at::text as "uploadedAt"`

export async function insertFile(
  trx: Trx,
  file: { sha256: string; byteCount: number; mediaType: string; fileName: string; caller: Caller },
): Promise<StoredFile> {
  const { rows } = await sql<StoredFile>`
    insert into files.file (sha256, byte_count, media_type, file_name, uploaded_by, org_path)
    values (${file.sha256}, ${file.byteCount}, ${file.mediaType}, ${file.fileName}, ${file.caller.userId}, ${file.caller.scope})
    returning ${columns}`.execute(trx)
  return rows[0]!
}

export async function describeFiles(trx: Trx, fileIds: readonly string[]): Promise<readonly StoredFile[]> {
  const { rows } = await sql<StoredFile>`
    select ${columns} from files.describe(${fileIds as string[]}::uuid[]) order by file_id`.execute(trx)
  return rows
}

/** How many of the files the caller has brought himself: the table shows everyone his own. */
export async function countOwn(trx: Trx, fileIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from files.file where file_id = any (${fileIds as string[]}::uuid[])`.execute(
    trx,
  )
  return rows[0]!.count
}
