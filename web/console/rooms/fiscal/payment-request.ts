import type { components } from '../../../client/api.generated.ts'

export type RequestRow = components['schemas']['PaymentRequestRow']
export type RequestDetail = components['schemas']['PaymentRequestDetail']

/** The two faces of the same requests: the office that decides, and the unit that asked. */
export type Face = 'office' | 'unit'

export const states = ['passed', 'explanation_owed', 'explained', 'held', 'released', 'refused'] as const

export const stateTone = {
  passed: 'done',
  explanation_owed: 'yellow',
  explained: 'blue',
  held: 'red',
  released: 'done',
  refused: 'none',
} as const

export const pathOf = { office: '/payment-requests', unit: '/unit-payment-requests' } as const
