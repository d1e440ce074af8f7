import { quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, datasetByName, keepTable } from '#shared/datasets/index.ts'
import type { KeptRows } from '../kept-rows.ts'
import { type LoadCounts, replacedTable, takeRows } from '../warehouse-load.ts'

const invoice = datasetByName('invoice')!
const invoiceLine = datasetByName('invoice_line')!

/** Where the versions lie that somebody has to decide about. */
export const arrivingTable = (dataset: Dataset) => quoted(`conflict_${dataset.name}`)

const columnsOf = (dataset: Dataset) => Object.keys(dataset.columns).map(quoted)
const part = (alias: string, name: string) => `coalesce(cast(${alias}.${quoted(name)} as text), '')`
const sameInvoice = (left: string, right: string) =>
  `${part(left, 'invoice_code')} = ${part(right, 'invoice_code')} and ${left}.invoice_no = ${right}.invoice_no`

/** What the content of an invoice is: all that its issuer has said, not by which way it came. */
const compared = columnsOf(invoice).filter(
  (name) => !['"invoice_code"', '"invoice_no"', '"feed"'].includes(name),
)

/** What its lines say, whatever their numbers. */
const lineText = ['item_name', 'amount', 'tax'].map((name) => part('l', name)).join(` || '|' || `)

/** Invoices that a batch of another source has confirmed: their first source alone may no longer change them. */
const confirmedTable = 'confirmed_invoice'

/** Makes what merging keeps in the warehouse. */
export async function prepareMerging(session: WarehouseSession): Promise<void> {
  for (const dataset of [invoice, invoiceLine])
    await keepTable(session, { ...dataset, name: `conflict_${dataset.name}` })
  await session.run(
    `create table if not exists ${confirmedTable} (code text, invoice_no text, batch_id text)`,
  )
}

/** Whether any of these invoices is known: nearly always all are new, and nothing need be compared. */
export async function knowsAny(session: WarehouseSession, heads: string): Promise<boolean> {
  const found = await session.rows(
    `select 1 as one from (${heads}) s join ${session.stored('invoice')} t on ${sameInvoice('s', 't')} limit 1`,
  )
  return found.length > 0
}

/** Removes what a batch has laid aside or confirmed, when the batch itself is taken out. */
export async function forgetArriving(session: WarehouseSession, batchId: string): Promise<void> {
  await session.run(`delete from ${confirmedTable} where batch_id = $batch`, { batch: batchId })
  for (const dataset of [invoice, invoiceLine])
    await session.run(`delete from ${arrivingTable(dataset)} where batch_id = $batch`, { batch: batchId })
}

/** Where arriving invoices come from. */
export interface MergeSource {
  /**
   * Posted through the interface: what no feed is named for is then of one source with what was posted without a feed
   * before, so that a sender may correct itself. A correction that brings no lines leaves those that are known.
   */
  readonly posted?: boolean
}

/**
 * Takes invoices and their lines in, within the caller's transaction. A known invoice with the same content is not taken
 * twice, only what was left empty is filled in. From the only feed that knows it the later version holds. From another
 * source, or among files, other content is a conflict: it is laid aside for somebody to decide.
 * @returns counts of invoices
 */
export async function mergeInvoices(
  session: WarehouseSession,
  batchId: string,
  rowsOf: KeptRows,
  { posted = false }: MergeSource = {},
): Promise<LoadCounts> {
  const heads = rowsOf(invoice)
  const lines = rowsOf(invoiceLine)
  await session.run(`create temp table arrival as ${arrivals(session, heads, lines, posted)}`)
  try {
    await session.run(
      `insert into ${confirmedTable} select code, invoice_no, $batch from arrival
       where kind in ('equal', 'fill') and not same_feed`,
      { batch: batchId },
    )
    await layAside(session, batchId, heads, lines)
    await dropReplacedLines(session, batchId, posted)
    // Filled rows are made of the stored ones, which taking them replaces: they are made before.
    await session.run(`create temp table taken_head as ${takenHeads(session, heads)}`)
    await takeRows(session, invoice, batchId, 'select * from taken_head')
    await takeRows(session, invoiceLine, batchId, takenLines(lines))
    const counted = await session.rows('select kind, count(*) as n from arrival group by kind')
    const of = (kind: string) => Number(counted.find((row) => row.kind === kind)?.n ?? 0)
    return {
      newRows: of('new'),
      changedRows: of('update') + of('fill'),
      equalRows: of('equal'),
      conflicts: of('conflict'),
    }
  } finally {
    for (const table of ['arrival', 'taken_head'])
      await session.run(`drop table if exists ${table}`).catch(() => {})
  }
}

/** What each arriving invoice is: new, equal, filling empty places, an update of its own feed, or a conflict. */
function arrivals(session: WarehouseSession, heads: string, lines: string, posted: boolean): string {
  const sameFeed = 's.feed is not null and coalesce(s.feed = t.feed, false)'
  const bothPosted = `s.feed is null and t.feed is null and t.batch_id in (select batch_id from posted_outcome)`
  const sameSource = posted ? `(${sameFeed}) or (${bothPosted})` : sameFeed
  const differs = compared.map(
    (name) => `(s.${name} is not null and t.${name} is not null and s.${name} <> t.${name})`,
  )
  const fills = compared.map((name) => `(s.${name} is not null and t.${name} is null)`)
  const linesOf = (rows: string) => `select ${part('l', 'invoice_code')} as code, l.invoice_no,
    string_agg(${lineText}, ';' order by ${lineText}) as said from ${rows} l group by 1, 2`
  // Only lines of the arriving invoices are put together: the store has all that ever came.
  const known = `(select * from ${session.stored('invoice_line')} where invoice_no in (select invoice_no from (${heads}) h))`
  return `select code, invoice_no, case when unknown then 'new'
      when differing and same_feed and not confirmed then 'update' when differing then 'conflict'
      when filling then 'fill' else 'equal' end as kind,
      same_feed, says_lines,
      coalesce(unknown or (differing and same_feed and not confirmed) or (lines_missing and not differing), false) as takes_lines
    from (
      select ${part('s', 'invoice_code')} as code, s.invoice_no, t.invoice_no is null as unknown,
        ${sameSource} as same_feed,
        exists (select 1 from ${confirmedTable} c
          where c.code = ${part('s', 'invoice_code')} and c.invoice_no = s.invoice_no) as confirmed,
        ${differs.join(' or ')} or coalesce(a.said <> b.said, false) as differing,
        ${fills.join(' or ')} or (a.said is not null and b.said is null) as filling,
        a.said is not null and b.said is null as lines_missing, a.said is not null as says_lines
      from (${heads}) s left join ${session.stored('invoice')} t on ${sameInvoice('s', 't')}
      left join (${linesOf(`(${lines})`)}) a on a.code = ${part('s', 'invoice_code')} and a.invoice_no = s.invoice_no
      left join (${linesOf(known)}) b
        on b.code = ${part('s', 'invoice_code')} and b.invoice_no = s.invoice_no
    ) judged`
}

const arrivalOf = (alias: string) =>
  `a.code = ${part(alias, 'invoice_code')} and a.invoice_no = ${alias}.invoice_no`

function takenHeads(session: WarehouseSession, heads: string): string {
  const filled = columnsOf(invoice).map(
    (name) => `case when a.kind = 'fill' then coalesce(t.${name}, s.${name}) else s.${name} end as ${name}`,
  )
  return `select ${filled.join(', ')} from (${heads}) s join arrival a on ${arrivalOf('s')}
    left join ${session.stored('invoice')} t on ${sameInvoice('s', 't')} where a.kind in ('new', 'update', 'fill')`
}

function takenLines(lines: string): string {
  return `select s.* from (${lines}) s join arrival a on ${arrivalOf('s')} where a.takes_lines`
}

/** The lines of an updated invoice that its later version no longer has. */
async function dropReplacedLines(
  session: WarehouseSession,
  batchId: string,
  keepUnsaid: boolean,
): Promise<void> {
  const table = session.stored('invoice_line')
  const columns = columnsOf(invoiceLine)
  const gone = `from ${table} as t where exists (select 1 from arrival a where ${arrivalOf('t')} and a.kind = 'update'${keepUnsaid ? ' and a.says_lines' : ''})`
  await session.run(
    `insert into ${replacedTable(invoiceLine)} (${columns.join(', ')}, batch_id, replaced_by)
     select ${columns.map((name) => `t.${name}`).join(', ')}, t.batch_id, $batch ${gone}`,
    { batch: batchId },
  )
  await session.run(`delete ${gone}`)
}

async function layAside(
  session: WarehouseSession,
  batchId: string,
  heads: string,
  lines: string,
): Promise<void> {
  for (const [dataset, rows] of [
    [invoice, heads],
    [invoiceLine, lines],
  ] as const) {
    const columns = columnsOf(dataset)
    await session.run(
      `insert into ${arrivingTable(dataset)} (${columns.join(', ')}, batch_id)
       select ${columns.map((name) => `s.${name}`).join(', ')}, $batch from (${rows}) s
       join arrival a on ${arrivalOf('s')} where a.kind = 'conflict'`,
      { batch: batchId },
    )
  }
}
