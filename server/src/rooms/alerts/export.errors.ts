import { defineError } from '#ground/errors/index.ts'

export const tooManyForSheet = defineError(
  'alerts.too_many_for_sheet',
  422,
  '清单超过工作表的 {rows} 行，请缩小条件或改用 CSV。',
  'The list has more than the {rows} rows of a sheet; narrow it or take it as CSV.',
)

export const notDispatched = defineError(
  'alerts.not_dispatched',
  409,
  '预警尚未下发单位，没有问询单可打印。',
  'The alert has not been dispatched to a unit; there is no explanation request to print.',
)
