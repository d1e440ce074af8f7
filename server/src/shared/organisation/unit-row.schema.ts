/** One version of a unit, as the dataset `unit` has it. Empty cells are null or ''. */
export interface UnitRow {
  readonly unit_code: string
  readonly unit_name: string
  readonly credit_code?: string | null
  readonly region_code: string
  readonly parent_code?: string | null
  readonly kind?: string | null
  readonly successor_code?: string | null
  readonly valid_from: string
  readonly valid_to?: string | null
}
