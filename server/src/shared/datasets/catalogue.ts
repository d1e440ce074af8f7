import { budgetAdjustment, budgetIndicator, contract, payment } from './budget.ts'
import { calendarDay, keyword, ruleException } from './configuration.ts'
import type { Dataset } from './dataset.ts'
import { invoice, invoiceLine, reimbursement } from './invoices.ts'
import { enterprise, scenicCity, shareholder, venue, watchPerson, watchRelative } from './registers.ts'
import { allowanceItem, payeeAccount, payroll, unit, unitAccount } from './units.ts'

/** Every dataset the rules may read, in the order in which files are best loaded: registers before facts. */
export const datasets: readonly Dataset[] = [
  unit,
  unitAccount,
  payeeAccount,
  payroll,
  allowanceItem,
  enterprise,
  shareholder,
  watchPerson,
  watchRelative,
  venue,
  scenicCity,
  budgetIndicator,
  budgetAdjustment,
  contract,
  payment,
  invoice,
  invoiceLine,
  reimbursement,
  keyword,
  calendarDay,
  ruleException,
]

const byName = new Map(datasets.map((dataset) => [dataset.name, dataset]))

/** The dataset of that name, or undefined: the caller decides how to tell the user. */
export function datasetByName(name: string): Dataset | undefined {
  return byName.get(name)
}
