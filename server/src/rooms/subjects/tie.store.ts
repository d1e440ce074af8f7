import type { WarehouseSession } from '#ground/warehouse/index.ts'

export interface Tie {
  readonly creditCode: string
  readonly enterpriseName: string
  readonly role: 'legal_rep' | 'shareholder'
  readonly holderNumber: string
  readonly ratio: string | null
  readonly validFrom: string
  readonly validTo: string | null
}

/**
 * The enterprises that persons represent or hold a share in, at any time. Only persons whom the caller was just shown may
 * be asked for: the warehouse has no fence of its own.
 * @param numbers citizen numbers
 */
export async function tiesOf(session: WarehouseSession, numbers: readonly string[]): Promise<readonly Tie[]> {
  if (numbers.length === 0) return []
  const asked = Object.fromEntries(numbers.map((number, index) => [`n${index}`, number]))
  const list = Object.keys(asked)
    .map((name) => `cast($${name} as varchar)`)
    .join(', ')
  const rows = await session.rows(
    `select e.credit_code, e.enterprise_name, 'legal_rep' as role, e.legal_rep_id as holder, cast(null as varchar) as ratio,
      cast(e.valid_from as varchar) as valid_from, cast(e.valid_to as varchar) as valid_to
    from enterprise e where e.legal_rep_id in (${list})
    union all
    select s.credit_code, coalesce((select max(e.enterprise_name) from enterprise e where e.credit_code = s.credit_code),
        s.credit_code), 'shareholder', s.holder_code, cast(s.ratio as varchar), cast(s.valid_from as varchar),
      cast(s.valid_to as varchar)
    from shareholder s where s.holder_code in (${list})
    order by 1, 3, 6`,
    asked,
  )
  return rows.map((row) => ({
    creditCode: String(row.credit_code),
    enterpriseName: String(row.enterprise_name),
    role: row.role as Tie['role'],
    holderNumber: String(row.holder),
    ratio: row.ratio === null ? null : String(row.ratio),
    validFrom: String(row.valid_from),
    validTo: row.valid_to === null ? null : String(row.valid_to),
  }))
}
