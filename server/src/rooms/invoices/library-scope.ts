import { sql } from 'kysely'
import type { Caller, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'

/**
 * What a caller may see of the libraries. The warehouse has no fence of its own, so every store function of this room
 * takes one, and only `libraryScope` makes one.
 */
export interface LibraryScope {
  /** Beginning of the division codes in sight, e.g. `4601`. */
  readonly regionPrefix: string
  /** The root of the tree: what cannot be placed is seen there and nowhere below. */
  readonly wholeTree: boolean
  /** Enterprises that the caller or his kin represent or hold: they are invisible to him, `,code,code,`. */
  readonly hidden: string
}

const noOffice = defineError(
  'invoices.no_office',
  403,
  '发票信息库和企业法人库仅供监督机关查询。',
  'The libraries are open to the offices of the supervising body only.',
)

/** The caller's scope as the libraries need it. Throws `invoices.no_office` for whoever is in no division's office. */
export async function libraryScope(
  trx: Trx,
  session: WarehouseSession,
  caller: Caller,
  personKey: (number: string) => string,
): Promise<LibraryScope> {
  if (!/^\d\d(\.\d+)*$/.test(caller.scope)) throw noOffice()
  const { rows } = await sql<{ keys: string[] }>`select permissions.caller_recusals() as keys`.execute(trx)
  return {
    regionPrefix: caller.scope.replaceAll('.', ''),
    wholeTree: !caller.scope.includes('.'),
    hidden: await enterprisesOf(session, new Set(rows[0]!.keys), personKey),
  }
}

/** Persons are known here by keyed hashes only, so that the registers' numbers are hashed and compared. */
async function enterprisesOf(
  session: WarehouseSession,
  keys: ReadonlySet<string>,
  personKey: (number: string) => string,
): Promise<string> {
  if (keys.size === 0) return ''
  const rows = await session.rows(`
    select credit_code, legal_rep_id as holder from enterprise where legal_rep_id is not null
    union select credit_code, holder_code from shareholder where holder_kind = 'person'`)
  const codes = rows.filter((row) => keys.has(personKey(String(row.holder)))).map((row) => row.credit_code)
  return codes.length === 0 ? '' : `,${[...new Set(codes)].join(',')},`
}

/** Parameters of the scope for a statement that uses the conditions below; those that it does not name are left out. */
export function scopeParameters(scope: LibraryScope) {
  return { prefix: scope.regionPrefix, hidden: scope.hidden }
}

/** Condition on an alias of `unit`: it lies in the caller's part of the tree. */
export const unitInSight = (scope: LibraryScope, unit: string) =>
  scope.wholeTree
    ? 'true'
    : `left(${unit}.region_code, length(cast($prefix as varchar))) = cast($prefix as varchar)`

/** Condition on a column with an enterprise's code: it is not the caller's or his kin's. */
export const enterpriseInSight = (column: string) =>
  `strpos(cast($hidden as varchar), ',' || coalesce(${column}, '') || ',') = 0`

/** Whether a version of a register counts on a day. */
export const validOn = (register: string, day: string) =>
  `${register}.valid_from <= ${day} and (${register}.valid_to is null or ${register}.valid_to >= ${day})`

/** The invoice's buyer is a unit in sight as of the day of the invoice; the root of the tree sees every invoice. */
export function invoiceInSight(scope: LibraryScope, invoice: string): string {
  const seller = scope.hidden === '' ? 'true' : enterpriseInSight(`${invoice}.seller_tax_no`)
  if (scope.wholeTree) return seller
  return `${seller} and exists (select 1 from unit u where u.credit_code = ${invoice}.buyer_tax_no
    and ${validOn('u', `${invoice}.issued_on`)} and ${unitInSight(scope, 'u')})`
}
