import type { Command } from './command.ts'
import { auditCheckpoint, auditExport, auditVerify } from './commands/audit.ts'
import { backup, restore } from './commands/backup.ts'

/** Every command of the CLI. */
export const commands: readonly Command[] = [auditExport, auditCheckpoint, auditVerify, backup, restore]
