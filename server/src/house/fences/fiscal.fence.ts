import type { FenceContext, FenceEntry, FenceTable } from './fence-entry.ts'
import { once } from './fence-entry.ts'

const office = ['finance_supervisor', 'supervision_officer', 'deputy', 'principal']
const deciders = ['finance_supervisor', 'supervision_officer']
const unitPeople = ['unit_finance', 'unit_head']

const onRequests =
  (
    base: string,
    kind: 'request' | 'unit_request',
    more: { end?: string; payload?: object; open?: number[] } = {},
  ) =>
  ({ matters }: FenceContext) =>
    matters.requests.map((request) => ({
      url: `${base}/${request.id}${more.end ?? ''}`,
      payload: more.payload,
      about: { kind, request } as const,
      open: more.open ?? [200],
    }))

/** Nothing is held: whoever gets through to a step is told that it cannot be taken now. */
const step = (end: string): FenceEntry['asks'] =>
  onRequests('/api/v1/fiscal/payment-requests', 'request', {
    end,
    payload: { reason: '已核对' },
    open: [409],
  })

export const fiscalFence: FenceTable = {
  'POST /api/v1/fiscal/payment-requests': {
    may: ['feed'],
    asks: once('/api/v1/fiscal/payment-requests', { payload: {}, open: [400] }),
  },
  'GET /api/v1/fiscal/payment-requests/standing/:requestNo': {
    may: ['feed'],
    asks: once('/api/v1/fiscal/payment-requests/standing/Q0', { open: [404] }),
  },
  'GET /api/v1/fiscal/payment-requests': {
    may: office,
    whole: ['request'],
    asks: once('/api/v1/fiscal/payment-requests?limit=2', { pages: true }),
  },
  'GET /api/v1/fiscal/payment-requests/:requestKey': {
    may: office,
    whole: ['request', 'request_inner'],
    asks: onRequests('/api/v1/fiscal/payment-requests', 'request'),
  },
  'POST /api/v1/fiscal/payment-requests/:requestKey/release': { may: deciders, asks: step('/release') },
  'POST /api/v1/fiscal/payment-requests/:requestKey/refuse': { may: deciders, asks: step('/refuse') },
  'GET /api/v1/unit-payment-requests': {
    may: unitPeople,
    whole: ['request'],
    asks: once('/api/v1/unit-payment-requests?limit=2', { pages: true }),
  },
  'GET /api/v1/unit-payment-requests/:requestKey': {
    may: unitPeople,
    whole: ['request'],
    asks: onRequests('/api/v1/unit-payment-requests', 'unit_request'),
  },
  'POST /api/v1/unit-payment-requests/:requestKey/explanation': {
    may: unitPeople,
    asks: onRequests('/api/v1/unit-payment-requests', 'unit_request', {
      end: '/explanation',
      payload: { text: '说明' },
      open: [409],
    }),
  },
}
