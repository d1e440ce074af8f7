/**
 * `node scripts/fence-mutants.ts [part of a name]`: takes away every policy, every FORCE and every predicate of the
 * functions that look past the fences, one after the other, and says which were noticed by the no-leak matrix. Ends with
 * status 1 when one survived that is not explained.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedServer } from '#ground/database/index.ts'
import { arrangeMatters } from '../server/src/house/fences/matters.ts'
import { equivalent, functionMutants, policyMutants } from '../server/src/house/fences/mutants.ts'
import { noticedBy } from '../server/src/house/fences/mutation-run.ts'
import { runStoreCells, storeTruth } from '../server/src/house/fences/store-cells.ts'
import { fillTables } from '../server/src/house/fences/tables.ts'
import { openWorld } from '../server/src/house/fences/world.ts'

const wanted = new RegExp(process.argv[2] ?? '')
const home = mkdtempSync(join(tmpdir(), 'qingfeng-mutants-'))
const server = await startEmbeddedServer(join(home, 'postgres'), {
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' },
})
try {
  const world = await openWorld(server.socketFolder)
  const matters = await arrangeMatters(world)
  await fillTables(world, matters)
  const truth = await storeTruth(world, matters)
  // A matrix that complains of what is there would seem to notice every mutant.
  const before = await runStoreCells(world, matters, truth)
  if (before.wrong.length > 0)
    throw new Error(`the store is wrong already: ${before.wrong.slice(0, 5).join('; ')}`)
  const all = [...(await policyMutants(world.database)), ...(await functionMutants(world.database))]
  const tally = { killed: 0, equivalent: 0, survived: 0 }
  for (const mutant of all.filter(({ name }) => wanted.test(name))) {
    const notice = await noticedBy(world, matters, truth, mutant)
    const outcome = notice ? 'killed' : equivalent[mutant.name] ? 'equivalent' : 'survived'
    tally[outcome] += 1
    console.log(
      `${outcome.padEnd(10)} ${mutant.name}${notice ? ` — ${notice}` : ''}${notice ? '' : ` (${equivalent[mutant.name] ?? 'not explained'})`}`,
    )
  }
  console.log(`${tally.killed} killed, ${tally.equivalent} equivalent, ${tally.survived} survived`)
  process.exitCode = tally.survived > 0 ? 1 : 0
  await world.close()
} finally {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
}
