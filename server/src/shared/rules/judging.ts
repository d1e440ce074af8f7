import {
  copyRows,
  inSession,
  oneAfterTheOther,
  openQuickEngine,
  type Parameter,
  type QuickEngine,
  quoted,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { createTable, type Dataset, datasets } from '#shared/datasets/index.ts'

/** What the rules see of the facts: for each dataset a query on the warehouse, and rows that are in no store yet. */
export interface FactView {
  /** Queries for whole rows, as conditions on the stored table; a fact that is not named is empty. */
  readonly where: Readonly<Record<string, string>>
  /**
   * Further rows of the same kind that are hardly ever there, none of them among the first. They are looked for before
   * they are read: the search reads one or two columns of the store, a condition with `or` would read all of them.
   */
  readonly rarely?: Readonly<Record<string, string>>
  /** Values in the order of the dataset's columns. */
  readonly rows?: Readonly<Record<string, readonly (readonly Parameter[])[]>>
}

/** A place to run rules over a few facts, with every register whole. */
export interface JudgingLane {
  /** Shows the view and runs `work` in it; one piece of work after the other. */
  over<T>(view: FactView, work: (session: WarehouseSession) => Promise<T>): Promise<T>
}

/**
 * Judges few records at once: an engine in memory that holds the registers, is filled with the facts that must be in
 * view, and keeps the rules planned. Over one invoice the planning would take most of the time.
 */
export interface Judging {
  /** A lane of its own for each kind of work, so that one need not wait for the other. */
  lane(name: string): JudgingLane
  /** Datasets that hold anything, as `runRules` asks. */
  available(): Promise<ReadonlySet<string>>
  /** To be told when rows of a dataset were loaded, taken out or edited. */
  changed(dataset: string): void
  close(): Promise<void>
}

const facts = datasets.filter(({ kind }) => kind === 'fact')
const registers = datasets.filter(({ kind }) => kind !== 'fact')
const columnsOf = (dataset: Dataset) => Object.keys(dataset.columns)
const listed = (dataset: Dataset) => columnsOf(dataset).map(quoted).join(', ')

export function createJudging({
  warehouse,
  memoryMegabytes,
}: {
  readonly warehouse: Warehouse
  readonly memoryMegabytes: number
}): Judging {
  const stale = new Set(datasets.map(({ name }) => name))
  const filled = new Set<string>()
  const renewing = oneAfterTheOther()
  const lanes = new Map<string, JudgingLane>()
  let opening: Promise<QuickEngine> | undefined

  const open = async () => {
    const engine = await openQuickEngine({ memoryMegabytes })
    for (const dataset of registers) await engine.session.run(createTable(dataset))
    return engine
  }
  const engine = () => {
    opening ??= open()
    return opening
  }
  /** Brings what changed in the warehouse; what changes meanwhile is brought the next time. */
  const renew = () =>
    renewing(async () => {
      if (stale.size === 0) return
      const { session } = await engine()
      const names = new Set(stale)
      stale.clear()
      try {
        await inSession(warehouse.open, async (source) => {
          for (const dataset of datasets) {
            if (!names.has(dataset.name)) continue
            if (await holdsRows(source, dataset)) filled.add(dataset.name)
            else filled.delete(dataset.name)
            if (dataset.kind !== 'fact') await mirror(source, session, dataset)
          }
        })
      } catch (error) {
        for (const name of names) stale.add(name)
        throw error
      }
    })

  return {
    lane: (name) => {
      const lane = lanes.get(name) ?? createLane(warehouse, engine, renew)
      lanes.set(name, lane)
      return lane
    },
    available: async () => {
      await renew()
      return new Set([...filled, 'rule_exception'])
    },
    changed: (dataset) => {
      stale.add(dataset)
    },
    close: async () => (await opening)?.close(),
  }
}

function createLane(
  warehouse: Warehouse,
  engine: () => Promise<QuickEngine>,
  renew: () => Promise<void>,
): JudgingLane {
  const inTurn = oneAfterTheOther()
  const filled = new Set<string>()
  let opening: Promise<Awaited<ReturnType<QuickEngine['beside']>>> | undefined
  const open = async () => {
    const own = await (await engine()).beside()
    for (const dataset of facts) {
      await own.session.run(createTable(dataset).replace('create table if not exists', 'create temp table'))
      await own.session.run(`alter table ${quoted(dataset.name)} drop column batch_id`)
    }
    return own
  }
  return {
    over: (view, work) =>
      inTurn(async () => {
        opening ??= open()
        const own = await opening
        await renew()
        await inSession(warehouse.open, async (source) => {
          for (const dataset of facts) {
            if (filled.delete(dataset.name)) await own.session.run(`delete from ${quoted(dataset.name)}`)
            const { name } = dataset
            const where = view.where[name]
            if (where === undefined) continue
            filled.add(name)
            await fill(source, own.session, dataset, where)
            const rarely = view.rarely?.[name]
            if (rarely && (await holdsRows(source, dataset, rarely)))
              await fill(source, own.session, dataset, rarely)
          }
        })
        for (const [name, rows] of Object.entries(view.rows ?? {})) {
          filled.add(name)
          await own.append(name, rows)
        }
        return work(own.planned)
      }),
  }
}

function fill(source: WarehouseSession, target: WarehouseSession, dataset: Dataset, where: string) {
  const query = `select ${listed(dataset)} from ${source.stored(dataset.name)} where ${where}`
  return copyRows(source, query, target, {
    table: dataset.name,
    columns: columnsOf(dataset),
    scattered: true,
  })
}

async function holdsRows(source: WarehouseSession, dataset: Dataset, where = 'true'): Promise<boolean> {
  const rows = await source.rows(`select 1 as one from ${source.stored(dataset.name)} where ${where} limit 1`)
  return rows.length > 0
}

function mirror(source: WarehouseSession, target: WarehouseSession, dataset: Dataset): Promise<void> {
  const table = quoted(dataset.name)
  return target.transaction(async () => {
    await target.run(`delete from ${table}`)
    const query = `select ${listed(dataset)}, batch_id from ${source.stored(dataset.name)}`
    await copyRows(source, query, target, {
      table: dataset.name,
      columns: [...columnsOf(dataset), 'batch_id'],
    })
  })
}
