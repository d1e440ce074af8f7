import type { Connection } from '#ground/database/index.ts'
import {
  inSession,
  openDuckdb,
  openPostgresWarehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { createTable, datasetByName } from '#shared/datasets/index.ts'
import type { ComposedCheck, ComposedContent } from './composed-rule.schema.ts'
import { exampleCases, ruleOf } from './composed-rule.ts'
import { runExamples } from './examples.ts'
import type { Rule } from './rule.schema.ts'

/** All examples of a rule on one engine: far more than forty single records need. */
const timeLimitMilliseconds = 10_000

/** Runs the examples of a composed rule on both engines, in tables of their own that are gone afterwards. */
export interface ExampleEngines {
  run(code: string, content: ComposedContent): Promise<ComposedCheck['examples']>
}

export function createExampleEngines(connection: Connection): ExampleEngines {
  return {
    run: async (code, content) => {
      const cases = exampleCases(content)
      const rule: Rule = { ...ruleOf(code, content), examples: { base: {}, cases: [...cases] } }
      const results = { duckdb: await onDuckdb(rule), postgres: await onPostgres(rule, connection) }
      return cases.map((_example, place) => {
        const faults = (['duckdb', 'postgres'] as const).flatMap((engine) =>
          (results[engine][place]?.faults ?? []).map((fault) => ({ engine, fault })),
        )
        return { place, holds: faults.length === 0, faults }
      })
    },
  }
}

/** An engine in memory that can reach neither files nor the network, whatever it is asked. */
async function onDuckdb(rule: Rule) {
  const engine = await openDuckdb({ path: ':memory:', memoryMegabytes: 200, threads: 1 })
  try {
    return await inSession(engine.open, async (session) => {
      await createTables(session, rule)
      await session.run('set enable_external_access = false')
      await session.run('set lock_configuration = true')
      return session.within(timeLimitMilliseconds, () => runExamples(session, rule))
    })
  } finally {
    await engine.close()
  }
}

/** Temporary tables of one connection, as the application's role, which owns nothing. */
async function onPostgres(rule: Rule, connection: Connection) {
  const engine = await openPostgresWarehouse({ connection: connection.application, schema: 'pg_temp' })
  try {
    return await inSession(engine.open, async (session) => {
      await createTables(session, rule)
      return session.within(timeLimitMilliseconds, () => runExamples(session, rule))
    })
  } finally {
    await engine.close()
  }
}

async function createTables(session: WarehouseSession, rule: Rule): Promise<void> {
  for (const name of [...rule.reads.required, ...rule.reads.optional, 'rule_exception']) {
    await session.run(createTable(datasetByName(name)!))
  }
}
