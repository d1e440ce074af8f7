import { createWriteStream, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { verifierOf } from '#ground/crypto/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import {
  type Checkpoint,
  checkpointContent,
  exportLog,
  newestCheckpoint,
  openExport,
  recordAudit,
  verifyLog,
} from '#shared/audit/index.ts'
import type { HouseCommand, LoneCommand } from '../command.ts'

/** `audit export`: everything sealed, for the offline verifier and for the archive. */
export const auditExport: HouseCommand = {
  path: 'audit export',
  summary: '导出审计日志 · write the sealed audit log to a file',
  options: [{ flags: '--to <file>', describe: 'file to write (JSON lines)', mandatory: true }],
  needs: 'house',
  run: async (output, options, house) => {
    await house.database.asCaller(systemCaller, (trx) => recordAudit(trx, { action: 'audit.export' }))
    await house.sealAudit()
    const lines = exportLog(house.database, house.keys.publicKeys())
    await pipeline(Readable.from(lines), createWriteStream(String(options.to), { mode: 0o600 }))
    output.complain(`已导出 written: ${options.to}`)
    return 0
  },
}

/** `audit checkpoint`: the newest signed statement, to be kept where the server's administrators cannot reach it. */
export const auditCheckpoint: HouseCommand = {
  path: 'audit checkpoint',
  summary: '导出最新检查点 · write the newest signed checkpoint',
  options: [{ flags: '--to <file>', describe: 'file to write (JSON)', mandatory: true }],
  needs: 'house',
  run: async (output, options, house) => {
    await house.sealAudit()
    const checkpoint = await newestCheckpoint(house.database)
    const content = checkpointContent(checkpoint, house.keys.publicKeys())
    await writeFile(String(options.to), content, { mode: 0o600 })
    output.complain(`检查点 checkpoint: ${checkpoint?.treeSize ?? 0} → ${options.to}`)
    return checkpoint ? 0 : 1
  },
}

/** `audit verify`: offline, on an export; trusts the keys of a checkpoint kept elsewhere before those of the export. */
export const auditVerify: LoneCommand = {
  path: 'audit verify',
  summary: '离线校验导出的审计日志 · verify an exported audit log offline',
  options: [
    { flags: '--log <file>', describe: 'file written by audit export', mandatory: true },
    { flags: '--checkpoint <file>', describe: 'file written by audit checkpoint and kept elsewhere' },
  ],
  needs: 'nothing',
  run: async (output, options) => {
    const log = await openExport(String(options.log))
    const kept = options.checkpoint ? readCheckpoint(String(options.checkpoint)) : undefined
    const suite = log.checkpoints[0]?.suite === 'gm' ? 'gm' : 'default'
    const verifier = verifierOf(suite, kept?.keys ?? log.publicKeys)
    const verdict = await verifyLog(log.entries(), log.checkpoints, verifier, kept?.checkpoint)
    output.print(JSON.stringify(verdict))
    const summary = verdict.good
      ? `日志完好：${verdict.entries} 条，${verdict.checkpoints} 个检查点。The log is whole.`
      : `${verdict.zh} ${verdict.en}`
    output.complain(summary)
    return verdict.good ? 0 : 1
  },
}

function readCheckpoint(file: string): { checkpoint: Checkpoint; keys: Record<string, string> } {
  return JSON.parse(readFileSync(file, 'utf8'))
}
