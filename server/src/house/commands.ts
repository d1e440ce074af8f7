import { evaluateCommand } from '#shared/rules/index.ts'
import type { Command } from './command.ts'
import { createAdministrators } from './commands/administrators.ts'
import { auditCheckpoint, auditExport, auditVerify } from './commands/audit.ts'
import { backup, restore } from './commands/backup.ts'
import { demoScore } from './commands/demo-score.ts'
import { explainAlert } from './commands/explain.ts'
import { loadRegions } from './commands/regions.ts'

/** Every command of the CLI. */
export const commands: readonly Command[] = [
  createAdministrators,
  loadRegions,
  auditExport,
  auditCheckpoint,
  auditVerify,
  backup,
  restore,
  evaluateCommand,
  explainAlert,
  demoScore,
]
