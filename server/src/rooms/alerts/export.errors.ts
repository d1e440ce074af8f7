import { defineError } from '#ground/errors/index.ts'

export const notDispatched = defineError(
  'alerts.not_dispatched',
  409,
  '预警尚未下发单位，没有问询单可打印。',
  'The alert has not been dispatched to a unit; there is no explanation request to print.',
)
