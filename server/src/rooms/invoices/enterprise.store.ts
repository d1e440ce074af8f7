import { decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { Parameter, WarehouseSession } from '#ground/warehouse/index.ts'
import { enterpriseVersionColumns, versionOf } from './enterprise-version.ts'
import { textOf } from './invoice.store.ts'
import type { EnterpriseDetail, EnterpriseQuery, EnterpriseRow } from './libraries.schema.ts'
import {
  enterpriseInSight,
  type LibraryScope,
  scopeParameters,
  unitInSight,
  validOn,
} from './library-scope.ts'

/** The newest entry of each enterprise. */
const newest = `(select e.*, count(*) over (partition by e.credit_code) as versions,
    row_number() over (partition by e.credit_code order by e.valid_from desc) as place from enterprise e)`

/** Enterprises as they are registered now, by credit code; found by former names as well. */
export async function listEnterprises(
  session: WarehouseSession,
  scope: LibraryScope,
  query: EnterpriseQuery,
) {
  const conditions = [enterpriseInSight('e.credit_code'), 'e.place = 1']
  const bound: Record<string, Parameter> = { hidden: scope.hidden }
  if (query.text) {
    bound.text = query.text
    conditions.push(`(left(e.credit_code, length(cast($text as varchar))) = upper(cast($text as varchar))
      or exists (select 1 from enterprise f where f.credit_code = e.credit_code
        and strpos(f.enterprise_name, cast($text as varchar)) > 0))`)
  }
  if (query.state) {
    bound.state = query.state
    conditions.push('e.enterprise_state = cast($state as varchar)')
  }
  if (query.region) {
    bound.region = query.region.replace(/(00)+$/, '')
    conditions.push('left(e.region_code, length(cast($region as varchar))) = cast($region as varchar)')
  }
  const where = conditions.join(' and ')
  const after = query.cursor ? String(decodeCursor(query.cursor)[0]) : undefined
  const rows = await session.rows(
    `select e.credit_code, e.enterprise_name, e.legal_rep_name, cast(e.established_on as varchar) as established_on,
      e.enterprise_state, e.region_code, e.versions
    from ${newest} e where ${where} ${after ? 'and e.credit_code > cast($after as varchar)' : ''}
    order by e.credit_code limit ${query.limit + 1}`,
    { ...bound, ...(after ? { after } : {}) },
  )
  const items = rows.slice(0, query.limit).map(
    (row): EnterpriseRow => ({
      creditCode: String(row.credit_code),
      enterpriseName: String(row.enterprise_name),
      legalRepName: textOf(row.legal_rep_name),
      establishedOn: String(row.established_on),
      state: String(row.enterprise_state),
      regionCode: textOf(row.region_code),
      versions: Number(row.versions),
    }),
  )
  const last = items.at(-1)
  const next = rows.length > query.limit && last ? encodeCursor([last.creditCode]) : null
  if (after) return { items, next }
  const counted = await session.rows(
    `select count(*) as found from (select 1 as one from ${newest} e where ${where} limit ${totalCap + 1}) c`,
    bound,
  )
  return { items, next, total: totalOf(Number(counted[0]?.found)) }
}

/** Units shown of those that bought from an enterprise. */
const mostBuyers = 50

/** One enterprise with its history, personal data as stored; undefined where it is unknown or not in sight. */
export async function readEnterprise(
  session: WarehouseSession,
  scope: LibraryScope,
  creditCode: string,
): Promise<EnterpriseDetail | undefined> {
  const bound = { ...scopeParameters(scope), seller: creditCode }
  const versions = await session.rows(
    `select ${enterpriseVersionColumns} from enterprise e where e.credit_code = cast($seller as varchar)
      and ${enterpriseInSight('e.credit_code')} order by e.valid_from desc`,
    bound,
  )
  if (versions.length === 0) return undefined
  const shareholders = await session.rows(
    `select s.holder_name, s.holder_code, s.holder_kind, cast(s.capital as varchar) as capital,
      cast(s.ratio as varchar) as ratio, cast(s.valid_from as varchar) as valid_from,
      cast(s.valid_to as varchar) as valid_to
    from shareholder s where s.credit_code = cast($seller as varchar)
    order by s.valid_to is not null, s.ratio desc nulls last, s.holder_code`,
    { seller: creditCode },
  )
  const buyers = await session.rows(
    `select u.unit_code, max(u.unit_name) as unit_name, count(*) as invoices, cast(sum(i.total) as varchar) as total,
      cast(min(i.issued_on) as varchar) as first_on, cast(max(i.issued_on) as varchar) as last_on
    from invoice i join unit u on u.credit_code = i.buyer_tax_no and ${validOn('u', 'i.issued_on')}
      and ${unitInSight(scope, 'u')}
    where i.seller_tax_no = cast($seller as varchar) and i.invoice_state <> 'void'
    group by u.unit_code order by sum(i.total) desc, u.unit_code limit ${mostBuyers}`,
    bound,
  )
  return {
    creditCode,
    versions: versions.map(versionOf),
    shareholders: shareholders.map((row) => ({
      holderName: String(row.holder_name),
      holderCode: textOf(row.holder_code),
      kind: String(row.holder_kind),
      capital: textOf(row.capital),
      ratio: textOf(row.ratio),
      validFrom: String(row.valid_from),
      validTo: textOf(row.valid_to),
    })),
    buyers: buyers.map((row) => ({
      unitCode: String(row.unit_code),
      unitName: String(row.unit_name),
      invoices: Number(row.invoices),
      total: String(row.total),
      firstOn: String(row.first_on),
      lastOn: String(row.last_on),
    })),
  }
}

export interface Holder {
  readonly number: string
  readonly name: string
  readonly role: 'legal_rep' | 'shareholder'
  readonly validFrom: string
  readonly validTo: string | null
}

/** The persons who represent or hold an enterprise, with their numbers: for comparing with the watch list only. */
export async function holdersOf(
  session: WarehouseSession,
  scope: LibraryScope,
  creditCode: string,
): Promise<readonly Holder[]> {
  const rows = await session.rows(
    `select e.legal_rep_id as number, e.legal_rep_name as name, 'legal_rep' as role,
      cast(e.valid_from as varchar) as valid_from, cast(e.valid_to as varchar) as valid_to
    from enterprise e where e.credit_code = cast($seller as varchar) and e.legal_rep_id is not null
      and ${enterpriseInSight('e.credit_code')}
    union all
    select s.holder_code, s.holder_name, 'shareholder', cast(s.valid_from as varchar), cast(s.valid_to as varchar)
    from shareholder s where s.credit_code = cast($seller as varchar) and s.holder_kind = 'person'
      and ${enterpriseInSight('s.credit_code')}
    order by 3, 4`,
    { hidden: scope.hidden, seller: creditCode },
  )
  return rows.map((row) => ({
    number: String(row.number),
    name: String(row.name),
    role: row.role as Holder['role'],
    validFrom: String(row.valid_from),
    validTo: textOf(row.valid_to),
  }))
}
