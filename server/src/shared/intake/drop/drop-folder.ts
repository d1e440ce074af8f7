import { createReadStream, existsSync } from 'node:fs'
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import { ProductError } from '#ground/errors/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import type { Batch } from '../intake.schema.ts'
import type { Intake } from '../intake.service.ts'
import { targetByName } from '../targets.ts'
import type { DropFolderState, DroppedFile, DropQuery } from './drop.schema.ts'
import {
  forgetOthers,
  insertDropped,
  linkBatch,
  listDropped,
  noteSighting,
  readSightings,
  type Sighting,
  settleDropped,
  takenFiles,
} from './drop.store.ts'
import { settledName, targetOfName } from './drop-names.ts'
import { writeReports } from './report.ts'

/** The folder into which other systems lay their nightly files. */
export interface DropFolder {
  /** Finishes what was begun, then takes in every file that is complete. One at a time; returns how many were settled. */
  sweep(): Promise<number>
  list(caller: Caller, query: DropQuery): Promise<{ items: DroppedFile[]; next: string | null }>
  state(caller: Caller): Promise<DropFolderState>
}

export interface DropDependencies {
  readonly database: Database
  readonly intake: Pick<Intake, 'check' | 'load' | 'detail' | 'allFaults'>
  readonly clock: Clock
  readonly folder: string
  /** Whether a file with faults is refused as a whole or its good rows are loaded. */
  readonly mode: 'all' | 'good'
  /** A file without a marker is complete when it has not changed for so long. */
  readonly settleSeconds: number
}

const marker = '.done'
const folders = { taken: '.taken', loaded: 'done', refused: 'refused' } as const

export function createDropFolder(dependencies: DropDependencies): DropFolder {
  const { database, folder, mode, settleSeconds } = dependencies
  let sweeping: Promise<number> | undefined
  return {
    sweep: () => {
      sweeping ??= sweep(dependencies).finally(() => {
        sweeping = undefined
      })
      return sweeping
    },
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const before = query.cursor ? (decodeCursor(query.cursor) as readonly [string, string]) : undefined
        const rows = await listDropped(trx, { ...query, limit: query.limit + 1 }, before)
        const items = rows.slice(0, query.limit)
        const last = rows.length > query.limit ? items.at(-1) : undefined
        return { items, next: last ? encodeCursor([last.takenAt, last.droppedId]) : null }
      }),
    state: (caller) =>
      database.asCaller(caller, async (trx) => ({
        folder,
        mode,
        settleSeconds,
        waiting: [...(await readSightings(trx))],
      })),
  }
}

async function sweep(dependencies: DropDependencies): Promise<number> {
  const { database, folder } = dependencies
  for (const name of ['', ...Object.values(folders)])
    await mkdir(join(folder, name), { recursive: true, mode: 0o770 })
  const claimed = await database.asCaller(systemCaller, takenFiles)
  const finished = [...claimed]
  const errors = await finishEach(dependencies, claimed)
  for (const found of await completeFiles(dependencies)) {
    const target = targetOfName(found.name)?.name
    const file = await database.asCaller(systemCaller, (trx) =>
      insertDropped(trx, found, target, dependencies.clock.now()),
    )
    finished.push(file)
    errors.push(...(await finishEach(dependencies, [file])))
  }
  // What failed stays claimed and is tried again; the others are done.
  if (errors.length > 0) throw errors[0]
  return finished.length
}

/** One file that cannot be finished holds up no other. */
async function finishEach(dependencies: DropDependencies, files: readonly DroppedFile[]): Promise<unknown[]> {
  const errors: unknown[] = []
  for (const file of files) {
    await finish(dependencies, file).catch((error: unknown) => errors.push(error))
  }
  return errors
}

/** Files with a marker beside them, and those that have lain unchanged for long enough. Links and folders are no files. */
async function completeFiles({
  database,
  clock,
  folder,
  settleSeconds,
}: DropDependencies): Promise<Sighting[]> {
  const names = new Set(await readdir(folder))
  const lying: Sighting[] = []
  for (const name of [...names].sort()) {
    if (name.startsWith('.') || name.endsWith(marker)) continue
    const found = await lstat(join(folder, name))
    if (found.isFile()) lying.push({ name, size: found.size, modified: found.mtime })
  }
  const now = clock.now()
  return database.asCaller(systemCaller, async (trx) => {
    await forgetOthers(
      trx,
      lying.map(({ name }) => name),
    )
    const complete: Sighting[] = []
    for (const file of lying) {
      const since = await noteSighting(trx, file, now)
      const settled = now.getTime() - since.getTime() >= settleSeconds * 1000
      if (settled || names.has(file.name + marker)) complete.push(file)
    }
    return complete
  })
}

/** Carries a claimed file to its end; every step first looks whether it was done before a stop. */
async function finish(dependencies: DropDependencies, file: DroppedFile): Promise<void> {
  const { folder } = dependencies
  const taken = join(folder, folders.taken, file.droppedId)
  const lying = join(folder, file.fileName)
  const moved = Object.values(folders).some((name) => existsSync(join(folder, name, settledName(file))))
  if (!existsSync(taken) && !moved && existsSync(lying)) await rename(lying, taken)
  await rm(lying + marker, { force: true })
  const outcome = await takeIn(dependencies, file, taken)
  await settle(dependencies, file, taken, outcome)
}

interface Outcome {
  readonly state: 'loaded' | 'refused'
  readonly note: { readonly zh: string; readonly en: string }
  readonly batch: Batch | undefined
}

const refuse = (zh: string, en: string, batch?: Batch): Outcome => ({
  state: 'refused',
  note: { zh, en },
  batch,
})

async function takeIn(dependencies: DropDependencies, file: DroppedFile, path: string): Promise<Outcome> {
  const { intake } = dependencies
  if (!file.batchId && !existsSync(path)) {
    return refuse(
      '文件在接收时已不在投递目录中。',
      'The file was no longer in the folder when it was to be taken.',
    )
  }
  if (!file.target) {
    return refuse(
      '文件名应为“数据集名-任意内容.csv”或 .xlsx，无法判断它是什么数据。',
      'Its name must be <dataset>-<anything>.csv or .xlsx; what it holds cannot be told.',
    )
  }
  try {
    const batch = file.batchId
      ? await intake.detail(systemCaller, file.batchId)
      : await check(dependencies, file, file.target, path)
    return await load(dependencies, batch)
  } catch (error) {
    if (error instanceof ProductError) return refuse(error.sentence('zh'), error.sentence('en'))
    throw error
  }
}

/** Batch and file are tied in one transaction: a stop leaves either both or neither. */
function check(
  { intake }: DropDependencies,
  file: DroppedFile,
  target: string,
  path: string,
): Promise<Batch> {
  const sent = { name: file.fileName, content: createReadStream(path) }
  return intake.check(systemCaller, target, sent, (trx, batchId) => linkBatch(trx, file.droppedId, batchId))
}

async function load({ intake, mode }: DropDependencies, batch: Batch): Promise<Outcome> {
  const loaded = (done: Batch): Outcome => ({
    state: 'loaded',
    note: {
      zh: done.refusedRows > 0 ? `已装入合格部分，${done.refusedRows} 条未通过。` : '已全部装入。',
      en:
        done.refusedRows > 0
          ? `The good part was loaded; ${done.refusedRows} were refused.`
          : 'All was loaded.',
    },
    batch: done,
  })
  if (batch.state === 'loaded' || batch.state === 'undone') return loaded(batch)
  if (batch.state === 'refused')
    return refuse('文件无法读取，未装入。', 'The file cannot be read; nothing was loaded.', batch)
  const wanted = mode === 'all' ? batch.refusedRows === 0 : batch.totalRows > batch.refusedRows
  if (batch.totalRows === 0) return refuse('文件里没有数据。', 'The file holds no data.', batch)
  if (!wanted) {
    return refuse(
      `${batch.refusedRows} 条未通过核对，整份未装入。`,
      `${batch.refusedRows} did not pass the check; nothing was loaded.`,
      batch,
    )
  }
  return loaded(await intake.load(systemCaller, batch.batchId, mode))
}

/** The report lies beside the file before the row says that all is done. */
async function settle(
  { database, intake, clock, folder }: DropDependencies,
  file: DroppedFile,
  taken: string,
  { state, note, batch }: Outcome,
): Promise<void> {
  const target = join(folder, folders[state], settledName(file))
  const columns = file.target ? targetByName(file.target)?.source.columns : undefined
  await writeReports(target, {
    fileName: file.fileName,
    note,
    batch,
    faults: batch ? await intake.allFaults(systemCaller, batch.batchId) : [],
    titleOf: (column) => columns?.[column]?.title.zh ?? column,
  })
  if (existsSync(taken)) await rename(taken, target)
  await database.asCaller(systemCaller, async (trx) => {
    await settleDropped(trx, file.droppedId, { state, at: clock.now(), note })
    await recordAudit(trx, {
      action: `intake.drop_${state}`,
      object: { kind: 'dropped_file', id: file.droppedId },
      detail: { file: file.fileName, ...(batch ? { batch: batch.batchId } : {}) },
    })
    if (state === 'refused') {
      await postToRoles(
        trx,
        { roles: ['information_officer'], place: systemCaller.scope },
        {
          kind: 'intake.drop_refused',
          titleZh: `投递文件未装入：${file.fileName}`,
          titleEn: `A dropped file was refused: ${file.fileName}`,
          link: batch ? `/intake/${batch.batchId}` : `/intake-drop?file=${file.droppedId}`,
        },
        clock.now(),
      )
    }
  })
}
