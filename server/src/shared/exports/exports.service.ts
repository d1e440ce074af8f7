import { Readable } from 'node:stream'
import type { Caller, Database } from '#ground/database/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import { ownOrganName } from '#shared/organisation/index.ts'
import type { ListForm, RegisterEntry, RegisterQuery } from './exports.schema.ts'
import { csvList, type Letterhead, type ListColumn, xlsxList } from './list-file.ts'
import { finishEntry, insertEntry, listEntries, type NewEntry } from './register.store.ts'

/** A list to be taken out: what it is, why, and where its rows come from. */
export interface ListOrder {
  readonly form: ListForm
  /** `alerts.list` …: which list, in the register. */
  readonly subject: string
  readonly title: string
  readonly conditions: Readonly<Record<string, unknown>>
  readonly purpose: string
  readonly columns: readonly ListColumn[]
  /** Only what the caller sees, personal data masked; read while it is sent. */
  readonly rows: AsyncIterable<readonly string[]>
}

export interface ListFile {
  readonly mark: string
  readonly fileName: string
  readonly mediaType: string
  readonly content: Readable
}

/** A mark for a sheet that is printed, with what has to stand on it. */
export interface PrintMark {
  readonly mark: string
  readonly organName: string
  readonly printedBy: string
  readonly printedAt: string
}

/** Everything that leaves the system goes through here, and is in the register before its first byte leaves. */
export interface Exports {
  list(caller: Caller, order: ListOrder): Promise<ListFile>
  print(caller: Caller, sheet: Omit<NewEntry, 'form' | 'conditions'>): Promise<PrintMark>
  register(caller: Caller, query: RegisterQuery): Promise<{ items: RegisterEntry[]; next: string | null }>
}

export interface ExportsDependencies {
  readonly database: Database
  readonly clock: Clock
  /** Where the asker's place has no organ of its own. */
  readonly organName: string
}

const mediaTypes: Readonly<Record<ListForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function createExports(dependencies: ExportsDependencies): Exports {
  const { database } = dependencies
  return {
    list: async (caller, order) => {
      const entry = { ...order, conditions: keptConditions(order.conditions) }
      const { entryId, who, organName, mark, at } = await enter(dependencies, caller, entry)
      let count = 0
      const finish = (state: 'finished' | 'broken') =>
        database.asCaller(caller, (trx) => finishEntry(trx, entryId, state, count))
      const rows = counted(order.rows, (so) => {
        count = so
      })
      const letterhead = (): Letterhead => ({
        title: order.title,
        lines: [
          ['机关 organ', organName],
          ['导出人 by', who],
          ['导出时间 at', at],
          ['事由 purpose', order.purpose],
          [
            '条件 conditions',
            Object.entries(entry.conditions)
              .map((pair) => pair.join('='))
              .join('; '),
          ],
          ['行数 rows', String(count)],
          ['编号 mark', mark],
          ['密级 secrecy', '内部 internal'],
        ],
      })
      const stream: AsyncIterable<string | Buffer> =
        order.form === 'csv'
          ? csvList(order.columns, rows, letterhead)
          : xlsxList(order.columns, rows, letterhead, order.title)
      return {
        mark,
        fileName: `${order.title}-${mark}.${order.form}`,
        mediaType: mediaTypes[order.form],
        content: fileOf(stream, finish),
      }
    },
    print: async (caller, sheet) => {
      const { who, organName, mark, at } = await enter(dependencies, caller, {
        ...sheet,
        form: 'paper',
        conditions: {},
      })
      return { mark, organName, printedBy: who, printedAt: at }
    },
    register: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const { items, next } = await listEntries(trx, query)
        const names = await namesOf(
          trx,
          items.map(({ userId }) => userId),
        )
        await recordAudit(trx, { action: 'exports.read_register' })
        return {
          items: items.map((item) => ({ ...item, userName: names.get(item.userId)?.displayName ?? '—' })),
          next,
        }
      }),
  }
}

async function enter({ database, clock, organName }: ExportsDependencies, caller: Caller, entry: NewEntry) {
  const now = clock.now()
  const at = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  return database.asCaller(caller, async (trx) => {
    const entered = await insertEntry(trx, entry, shanghaiDate(now).slice(0, 4), now)
    await recordAudit(trx, {
      action: entry.form === 'paper' ? 'exports.print' : 'exports.list',
      object: { kind: entry.subject, id: entry.objectId ?? entered.mark },
      purpose: entry.purpose,
      detail: { mark: entered.mark, form: entry.form },
    })
    const names = await namesOf(trx, [caller.userId])
    return {
      ...entered,
      at,
      who: names.get(caller.userId)?.displayName ?? '—',
      organName: (await ownOrganName(trx)) ?? organName,
    }
  })
}

/** Conditions whose values are contents: that they were set is kept, not what was looked for. */
const contents = new Set(['text', 'counterparty'])

function keptConditions(conditions: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(conditions)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, contents.has(name) ? '…' : String(value)]),
  )
}

async function* counted(
  rows: AsyncIterable<readonly string[]>,
  tell: (count: number) => void,
): AsyncGenerator<readonly string[]> {
  let count = 0
  for await (const row of rows) {
    count += 1
    tell(count)
    yield row
  }
}

type Finish = (state: 'finished' | 'broken') => Promise<void>

/** The file as a stream. Where it is given up before its first byte was asked for, nothing of it has begun to run. */
function fileOf(parts: AsyncIterable<string | Buffer>, finish: Finish): Readable {
  const file = Readable.from(untilTheEnd(parts, finish))
  file.once('close', () => {
    // The entry stays as begun where even this cannot be written: nobody is left to be told.
    if (!file.readableDidRead) finish('broken').catch(() => {})
  })
  return file
}

/** Passes the file on and notes whether it was taken to its end. */
async function* untilTheEnd<Part>(parts: AsyncIterable<Part>, finish: Finish): AsyncGenerator<Part> {
  let whole = false
  try {
    yield* parts
    whole = true
  } finally {
    await finish(whole ? 'finished' : 'broken')
  }
}
