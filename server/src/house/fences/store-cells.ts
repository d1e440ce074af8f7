import type pg from 'pg'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { type Attempt, attempts } from './attempts.ts'
import { callers, type FenceCaller } from './callers.ts'
import type { MatrixReport } from './matrix.ts'
import type { Matters } from './matters.ts'
import { type Sight, type TableFence, tables } from './tables.ts'
import type { FenceWorld } from './world.ts'

/** The world's rows as the store holds them, read once past all fences. */
export interface StoreTruth {
  readonly keys: ReadonlyMap<string, readonly string[]>
  readonly attempts: readonly Attempt[]
}

export async function storeTruth(world: FenceWorld, matters: Matters): Promise<StoreTruth> {
  const keys = new Map<string, readonly string[]>()
  for (const [name, table] of Object.entries(tables)) {
    const rows = await world.database.superuser<{ key: string }>(
      `select distinct (${table.key})::text as key from ${name} order by 1`,
    )
    keys.set(
      name,
      rows.map(({ key }) => key),
    )
  }
  const rowOf = async (sql: string, values: readonly unknown[]) =>
    (await world.database.superuser<{ row: unknown }>(sql, [...values]))[0]?.row
  return { keys, attempts: await attempts(matters, rowOf) }
}

/** Somebody with an account or a token, and the product itself. */
const askers: readonly (FenceCaller | 'product')[] = [
  ...callers.filter(({ role }) => role !== 'nobody'),
  'product',
]

/** Asks the store itself, as everybody, for rows and by acts that are undone again. */
export async function runStoreCells(
  world: FenceWorld,
  matters: Matters,
  truth: StoreTruth,
  options: {
    of?: (name: string) => boolean
    who?: (caller: FenceCaller) => boolean
    atMost?: number
  } = {},
): Promise<MatrixReport> {
  const chosen = Object.entries(tables).filter(([name]) => options.of?.(name) ?? true)
  const tried = truth.attempts.filter(({ of }) => options.of?.(of) ?? true)
  const wrong: string[] = []
  let cells = 0
  const waiting = askers.filter((asker) => asker === 'product' || (options.who?.(asker) ?? true))
  const worker = async () => {
    for (let asker = waiting.shift(); asker; asker = waiting.shift()) {
      if (wrong.length >= (options.atMost ?? Number.POSITIVE_INFINITY)) return
      const client = await world.database.pool.connect()
      try {
        const caller = asker === 'product' ? systemCaller : world.accounts.caller(asker)
        for (const [name, table] of chosen) {
          cells += 1
          wrong.push(
            ...(await tableFaults(client, caller, asker, name, table, truth.keys.get(name)!, matters)),
          )
        }
        for (const attempt of tried) {
          cells += 1
          wrong.push(...(await attemptFaults(client, caller, asker, attempt)))
        }
      } finally {
        client.release()
      }
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  if (wrong.length === 0) {
    for (const [name] of chosen) {
      cells += 1
      wrong.push(...(await unsaidFaults(world, name)))
    }
  }
  return { cells, wrong }
}

const nameOf = (asker: FenceCaller | 'product') => (asker === 'product' ? 'the product' : asker.name)

async function tableFaults(
  client: pg.PoolClient,
  caller: Caller,
  asker: FenceCaller | 'product',
  name: string,
  table: TableFence,
  keys: readonly string[],
  matters: Matters,
): Promise<string[]> {
  const wrong: string[] = []
  const sight = (by: Sight) =>
    keys.filter((key) => (asker === 'product' ? !table.notForProduct : by(asker, key, matters)))
  const compare = (did: string, got: readonly string[] | undefined, meant: readonly string[]) => {
    const found = new Set(got ?? [])
    const [more, less] = [
      [...found].filter((key) => !meant.includes(key)),
      meant.filter((key) => !found.has(key)),
    ]
    if (more.length + less.length > 0)
      wrong.push(
        `${nameOf(asker)} ${did} ${name}: too much ${more.slice(0, 3)}, too little ${less.slice(0, 3)}`,
      )
  }
  const column = `(${table.key})::text as key`
  const read = await asCaller(client, caller, `select ${column} from ${name}`)
  if (table.closed) {
    if (read.refused !== '42501') wrong.push(`${nameOf(asker)} reads ${name}, which is closed`)
    return wrong
  }
  compare('reads', read.keys, sight(table.reads!))
  if (table.changes) {
    const { column: changed, by } = table.changes
    const update = `update ${name} set ${changed} = ${changed} returning ${column}`
    compare('changes', (await asCaller(client, caller, update)).keys, sight(by))
  }
  if (table.removes) {
    const removed = await asCaller(client, caller, `delete from ${name} returning ${column}`)
    compare('removes from', removed.keys, sight(table.removes))
  }
  return wrong
}

async function attemptFaults(
  client: pg.PoolClient,
  caller: Caller,
  asker: FenceCaller | 'product',
  attempt: Attempt,
): Promise<string[]> {
  const open = asker === 'product' ? (attempt.product ?? true) : attempt.by(asker)
  const result = await asCaller(client, caller, attempt.sql, attempt.values)
  // A key that stops the act is no fence: another row might not run into it. Checks and triggers are.
  const took = result.refused ? /^23(?!514)/.test(result.refused) : result.count > 0 && result.first !== 0
  if (took === open) return []
  return [`${nameOf(asker)} ${took ? 'can' : 'cannot'} ${attempt.name} ${result.refused ?? ''}`]
}

/** A session that has not said who is asking gets no row of any table. */
async function unsaidFaults(world: FenceWorld, name: string): Promise<string[]> {
  try {
    const { rows } = await world.database.pool.query(`select 1 from ${name} limit 1`)
    return rows.length > 0 ? [`${name} is read by a session that has not said who is asking`] : []
  } catch (error) {
    return (error as { code?: string }).code === '42501' ? [] : [`${name}: ${(error as Error).message}`]
  }
}

interface Outcome {
  readonly refused?: string
  readonly count: number
  readonly keys?: readonly string[]
  readonly first?: unknown
}

/** Runs one statement as the caller and undoes it. */
async function asCaller(
  client: pg.PoolClient,
  caller: Caller,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Outcome> {
  await client.query(`begin; select set_config('app.user_id', '${caller.userId}', true),
    set_config('app.scope', '${caller.scope}', true), set_config('app.roles', '${caller.roles.join(',')}', true),
    set_config('app.session', '', true), set_config('app.address', '', true)`)
  try {
    const { rows, rowCount } = await client.query<Record<string, unknown>>(sql, [...values])
    const first = rows[0] && Object.values(rows[0])[0]
    return { count: rowCount ?? 0, keys: rows.map((row) => row.key as string), first }
  } catch (error) {
    const { code } = error as { code?: string }
    if (!code) throw error
    return { refused: code, count: 0 }
  } finally {
    await client.query('rollback')
  }
}
