import type { Caller, Database } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { seesWholeLog } from './audit.store.ts'
import type { Checkpoint } from './log-entry.ts'
import { exportLog, newestCheckpoint } from './log-export.ts'
import { recordAudit } from './record.ts'

/** What files of the log are made from. */
export interface LogOutlets {
  readonly database: Database
  readonly clock: Clock
  /** Seals what waits, so that the file says everything that was done until now. */
  seal(): Promise<number>
  /** Of every key that ever signed, by key id. */
  publicKeys(): Readonly<Record<string, string>>
}

const nothingSealed = defineError(
  'audit.nothing_sealed',
  409,
  '审计日志尚未封存，请稍后再试。',
  'Nothing of the audit log is sealed yet; try again in a moment.',
)

/** A checkpoint with the keys that it is verified with: the file that `audit checkpoint` writes and `audit verify` reads. */
export function checkpointContent(
  checkpoint: Checkpoint | undefined,
  keys: Readonly<Record<string, string>>,
): string {
  return `${JSON.stringify({ checkpoint, keys }, null, 2)}\n`
}

/** The newest checkpoint to be kept elsewhere. It covers its own entry too. */
export async function checkpointFile(outlets: LogOutlets, caller: Caller) {
  await outlets.database.asCaller(caller, (trx) => recordAudit(trx, { action: 'audit.export_checkpoint' }))
  await outlets.seal()
  const checkpoint = await newestCheckpoint(outlets.database)
  if (!checkpoint) throw nothingSealed()
  return {
    name: `audit-checkpoint-${shanghaiDate(outlets.clock.now())}-${checkpoint.treeSize}.json`,
    content: checkpointContent(checkpoint, outlets.publicKeys()),
  }
}

const partOnly = defineError(
  'audit.part_of_the_log',
  403,
  '您只能查看本辖区的日志，全部日志由省级安全审计员导出。',
  'You see the entries of your own part of the tree; the whole log is exported by the audit administrator of the province.',
)

/** The whole sealed log, line by line; its own entry, with the purpose, is the last one in it. */
export async function logFile(outlets: LogOutlets, caller: Caller, purpose: string) {
  await outlets.database.asCaller(caller, async (trx) => {
    if (!(await seesWholeLog(trx))) throw partOnly()
    await recordAudit(trx, { action: 'audit.export', purpose })
  })
  await outlets.seal()
  return {
    name: `audit-log-${shanghaiDate(outlets.clock.now())}.jsonl`,
    lines: exportLog(outlets.database, outlets.publicKeys(), caller),
  }
}
