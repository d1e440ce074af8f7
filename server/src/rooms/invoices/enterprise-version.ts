import type { Row } from '#ground/warehouse/index.ts'
import type { EnterpriseVersion } from './libraries.schema.ts'

/** The columns of a register entry, of `enterprise e`. */
export const enterpriseVersionColumns = `e.enterprise_name, e.legal_rep_name,
  cast(e.established_on as varchar) as established_on, e.enterprise_state, cast(e.state_since as varchar) as state_since,
  e.industry, e.business_scope, e.region_code, cast(e.valid_from as varchar) as valid_from,
  cast(e.valid_to as varchar) as valid_to`

const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))

/** A register entry, the legal representative's name as stored. */
export function versionOf(row: Row): EnterpriseVersion {
  return {
    enterpriseName: String(row.enterprise_name),
    legalRepName: textOf(row.legal_rep_name),
    establishedOn: String(row.established_on),
    state: String(row.enterprise_state),
    stateSince: textOf(row.state_since),
    industry: textOf(row.industry),
    businessScope: textOf(row.business_scope),
    regionCode: textOf(row.region_code),
    validFrom: String(row.valid_from),
    validTo: textOf(row.valid_to),
  }
}
