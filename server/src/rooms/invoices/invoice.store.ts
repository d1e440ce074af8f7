import { type Cursor, decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { Parameter, Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { enterpriseVersionColumns, versionOf } from './enterprise-version.ts'
import type { InvoiceDetail, InvoiceKey, InvoiceQuery, InvoiceRow } from './libraries.schema.ts'
import { invoiceInSight, type LibraryScope, scopeParameters, unitInSight, validOn } from './library-scope.ts'

export const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))

/** The unit that bought, as of the day of the invoice. */
const buyer = (invoice: string, column: string) => `(select max(u.${column}) from unit u
  where u.credit_code = ${invoice}.buyer_tax_no and ${validOn('u', `${invoice}.issued_on`)})`

const rowColumns = `coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.invoice_kind, i.invoice_state,
  cast(i.issued_on as varchar) as issued_on, ${buyer('i', 'unit_code')} as unit_code,
  ${buyer('i', 'unit_name')} as unit_name, i.buyer_name, i.seller_name, i.seller_tax_no,
  cast(i.total as varchar) as total`

function rowOf(row: Row): InvoiceRow {
  return {
    invoiceCode: String(row.invoice_code),
    invoiceNo: String(row.invoice_no),
    kind: String(row.invoice_kind),
    state: String(row.invoice_state),
    issuedOn: String(row.issued_on),
    unitCode: textOf(row.unit_code),
    unitName: textOf(row.unit_name),
    buyerName: textOf(row.buyer_name),
    sellerName: String(row.seller_name),
    sellerTaxNo: textOf(row.seller_tax_no),
    total: String(row.total),
  }
}

function conditionsOf(query: InvoiceQuery): { where: string; parameters: Record<string, Parameter> } {
  const wanted: (readonly [string | undefined, string, string])[] = [
    [
      query.text,
      'text',
      `(i.invoice_no like cast($text as varchar) || '%' escape '!' or strpos(i.seller_name, cast($text as varchar)) > 0
        or strpos(coalesce(i.buyer_name, ''), cast($text as varchar)) > 0)`,
    ],
    [
      query.item,
      'item',
      `exists (select 1 from invoice_line l where l.invoice_no = i.invoice_no
        and coalesce(l.invoice_code, '') = coalesce(i.invoice_code, '') and strpos(l.item_name, cast($item as varchar)) > 0)`,
    ],
    [
      query.unit,
      'unit',
      `exists (select 1 from unit b where b.credit_code = i.buyer_tax_no and ${validOn('b', 'i.issued_on')}
        and b.unit_code = cast($unit as varchar))`,
    ],
    [query.seller, 'seller', 'i.seller_tax_no = cast($seller as varchar)'],
    [query.kind, 'kind', 'i.invoice_kind = cast($kind as varchar)'],
    [query.state, 'state', 'i.invoice_state = cast($state as varchar)'],
    [query.from, 'from', 'i.issued_on >= cast($from as date)'],
    [query.to, 'to', 'i.issued_on <= cast($to as date)'],
    [query.least, 'least', 'i.total >= cast($least as numeric(18,2))'],
    [query.most, 'most', 'i.total <= cast($most as numeric(18,2))'],
  ]
  const asked = wanted.filter(([value]) => value !== undefined)
  return {
    where: asked.map(([, , condition]) => condition).join(' and ') || 'true',
    parameters: Object.fromEntries(
      asked.map(([value, name]) => [name, name === 'text' ? likeText(value ?? '') : (value ?? null)]),
    ),
  }
}

/** Signs with a meaning for `like` cannot stand in a number or a name that is searched for. */
const likeText = (text: string) => text.replaceAll(/[%_!]/g, '')

/** Invoices in the scope, newest first, a page at a time. */
export async function listInvoices(session: WarehouseSession, scope: LibraryScope, query: InvoiceQuery) {
  const { where, parameters } = conditionsOf(query)
  const bound = { ...scopeParameters(scope), ...parameters }
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const beyond = after
    ? `and (i.issued_on < cast($day as date) or (i.issued_on = cast($day as date)
        and (coalesce(i.invoice_code, ''), i.invoice_no) > (cast($code as varchar), cast($no as varchar))))`
    : ''
  const rows = await session.rows(
    `select ${rowColumns} from (select * from invoice i where ${invoiceInSight(scope, 'i')} and ${where} ${beyond}
        order by i.issued_on desc, coalesce(i.invoice_code, ''), i.invoice_no limit ${query.limit + 1}) i
      order by i.issued_on desc, coalesce(i.invoice_code, ''), i.invoice_no`,
    { ...bound, ...(after ? { day: text(after, 0), code: text(after, 1), no: text(after, 2) } : {}) },
  )
  const items = rows.slice(0, query.limit).map(rowOf)
  const last = items.at(-1)
  const next =
    rows.length > query.limit && last ? encodeCursor([last.issuedOn, last.invoiceCode, last.invoiceNo]) : null
  if (after) return { items, next }
  const counted = await session.rows(
    `select count(*) as found from (select 1 as one from invoice i where ${invoiceInSight(scope, 'i')} and ${where}
      limit ${totalCap + 1}) c`,
    bound,
  )
  return { items, next, total: totalOf(Number(counted[0]?.found)) }
}

const text = (cursor: Cursor, at: number) => String(cursor[at] ?? '')

const sameInvoice = (alias: string) =>
  `coalesce(${alias}.invoice_code, '') = cast($code as varchar) and ${alias}.invoice_no = cast($no as varchar)`

const keyParameters = (key: InvoiceKey) => ({
  code: key.invoiceCode === '-' ? '' : key.invoiceCode,
  no: key.invoiceNo,
})

/** Everything about one invoice in the scope, personal data as stored; undefined where it is not in sight. */
export async function readInvoice(
  session: WarehouseSession,
  scope: LibraryScope,
  key: InvoiceKey,
): Promise<InvoiceDetail | undefined> {
  const bound = { ...scopeParameters(scope), ...keyParameters(key) }
  const [head] = await session.rows(
    `select ${rowColumns}, i.buyer_tax_no, i.seller_address, cast(i.amount as varchar) as amount,
      cast(i.tax as varchar) as tax, i.remark, i.drawer, i.check_code, i.feed, i.red_of_code, i.red_of_no
    from invoice i where ${sameInvoice('i')} and ${invoiceInSight(scope, 'i')}`,
    bound,
  )
  if (!head) return undefined
  const lines = await session.rows(
    `select line_no, item_name, tax_class_code, spec, unit_of_measure, cast(quantity as varchar) as quantity,
      cast(unit_price as varchar) as unit_price, cast(amount as varchar) as amount, tax_rate, cast(tax as varchar) as tax
    from invoice_line l where ${sameInvoice('l')} order by line_no`,
    keyParameters(key),
  )
  const row = rowOf(head)
  return {
    ...row,
    buyerTaxNo: textOf(head.buyer_tax_no),
    sellerAddress: textOf(head.seller_address),
    amount: textOf(head.amount),
    tax: textOf(head.tax),
    remark: textOf(head.remark),
    drawer: textOf(head.drawer),
    checkCode: textOf(head.check_code),
    feed: textOf(head.feed),
    lines: lines.map(lineOf),
    seller: await sellerOn(session, row),
    reimbursements: await reimbursementsOf(session, scope, key),
    reverses: head.red_of_no
      ? await linkTo(session, scope, String(head.red_of_code ?? ''), String(head.red_of_no))
      : null,
    reversedBy: await reversalsOf(session, scope, key),
  }
}

function lineOf(row: Row): InvoiceDetail['lines'][number] {
  return {
    lineNo: Number(row.line_no),
    itemName: String(row.item_name),
    taxClassCode: textOf(row.tax_class_code),
    spec: textOf(row.spec),
    unitOfMeasure: textOf(row.unit_of_measure),
    quantity: textOf(row.quantity),
    unitPrice: textOf(row.unit_price),
    amount: String(row.amount),
    taxRate: textOf(row.tax_rate),
    tax: textOf(row.tax),
  }
}

async function sellerOn(session: WarehouseSession, { sellerTaxNo, issuedOn }: InvoiceRow) {
  if (!sellerTaxNo) return null
  const [row] = await session.rows(
    `select ${enterpriseVersionColumns} from enterprise e where e.credit_code = cast($seller as varchar)
      and ${validOn('e', 'cast($day as date)')} order by e.valid_from desc limit 1`,
    { seller: sellerTaxNo, day: issuedOn },
  )
  return row ? versionOf(row) : null
}

/** Who reimbursed it; a unit outside the scope stays unnamed, and its claimant too. */
async function reimbursementsOf(session: WarehouseSession, scope: LibraryScope, key: InvoiceKey) {
  const named = scope.wholeTree ? 'true' : 'u.unit_code is not null'
  const rows = await session.rows(
    `select r.reimbursement_id, u.unit_code, u.unit_name, cast(r.claimed_on as varchar) as claimed_on,
      cast(r.amount as varchar) as amount, case when ${named} then r.claimant_name end as claimant,
      case when ${named} then r.payment_id end as payment_id
    from reimbursement r left join unit u on u.unit_code = r.unit_code and ${validOn('u', 'r.claimed_on')}
      and ${unitInSight(scope, 'u')}
    where ${sameInvoice('r')} order by r.claimed_on, r.reimbursement_id`,
    { ...scopeParameters(scope), ...keyParameters(key) },
  )
  return rows.map((row) => ({
    reimbursementId: String(row.reimbursement_id),
    unitCode: textOf(row.unit_code),
    unitName: textOf(row.unit_name),
    claimedOn: String(row.claimed_on),
    amount: String(row.amount),
    claimant: textOf(row.claimant),
    paymentId: textOf(row.payment_id),
  }))
}

const linkColumns = `coalesce(i.invoice_code, '') as invoice_code, i.invoice_no,
  cast(i.issued_on as varchar) as issued_on, cast(i.total as varchar) as total`

const linkOf = (row: Row) => ({
  invoiceCode: String(row.invoice_code),
  invoiceNo: String(row.invoice_no),
  issuedOn: String(row.issued_on),
  total: String(row.total),
})

async function linkTo(session: WarehouseSession, scope: LibraryScope, code: string, no: string) {
  const [row] = await session.rows(
    `select ${linkColumns} from invoice i where ${sameInvoice('i')} and ${invoiceInSight(scope, 'i')}`,
    { ...scopeParameters(scope), code, no },
  )
  return row ? linkOf(row) : null
}

async function reversalsOf(session: WarehouseSession, scope: LibraryScope, key: InvoiceKey) {
  const rows = await session.rows(
    `select ${linkColumns} from invoice i where coalesce(i.red_of_code, '') = cast($code as varchar)
      and i.red_of_no = cast($no as varchar) and ${invoiceInSight(scope, 'i')} order by i.issued_on, i.invoice_no`,
    { ...scopeParameters(scope), ...keyParameters(key) },
  )
  return rows.map(linkOf)
}
