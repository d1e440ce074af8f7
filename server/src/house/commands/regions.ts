import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemCaller } from '#ground/database/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { importRegions, parseRegions } from '#shared/organisation/index.ts'
import type { HouseCommand } from '../command.ts'

/** Loads divisions from a file, for another province or a later edition of the codes. */
export const loadRegions: HouseCommand = {
  path: 'organisation regions',
  summary: 'load divisions from a csv file with the columns code,name,parent',
  needs: 'house',
  options: [{ flags: '--file <csv>', describe: 'the file, UTF-8', mandatory: true }],
  // The server may run in another folder than the one where the command was typed.
  ask: async (options) => ({ ...options, file: resolve(String(options.file)) }),
  run: async (output, options, house) => {
    const rows = parseRegions(readFileSync(String(options.file), 'utf8'))
    await house.database.asCaller(systemCaller, async (trx) => {
      await importRegions(trx, rows)
      await recordAudit(trx, { action: 'organisation.load_regions', detail: { rows: rows.length } })
    })
    output.complain(`已载入 ${rows.length} 条区划。Loaded ${rows.length} divisions.`)
    return 0
  },
}
