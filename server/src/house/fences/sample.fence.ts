import { type FenceTable, once } from './fence-entry.ts'

const readers = ['principal', 'deputy', 'conduct_officer', 'supervision_officer', 'finance_supervisor']
const officers = ['conduct_officer', 'supervision_officer', 'finance_supervisor']
const leaders = ['principal', 'deputy']
const items = '/api/v1/sample-items'

const ofItems =
  (path: string, more: object = {}): FenceTable[string]['asks'] =>
  ({ matters }) =>
    matters.samples.items.map((record) => ({
      url: `${items}/${record.id}${path}`,
      about: { kind: 'sampled', record },
      ...more,
    }))

/** Samples and planted rows are the office's own: of its packs, in its part of the tree, never about oneself. */
export const sampleFence: FenceTable = {
  'GET /api/v1/sample-items': {
    may: readers,
    whole: ['sample'],
    asks: once(`${items}?limit=3`, { pages: true }),
  },
  'GET /api/v1/sample-items/:itemId': { may: readers, asks: ofItems('') },
  'POST /api/v1/sample-items/:itemId/judgement': {
    may: officers,
    asks: ofItems('/judgement', { payload: { outcome: 'no_finding', version: 999 }, open: [409] }),
  },
  'GET /api/v1/sample-rates': { may: readers, asks: once('/api/v1/sample-rates') },
  'GET /api/v1/sample-draws': { may: readers, asks: once('/api/v1/sample-draws') },
  'POST /api/v1/sample-draws': {
    may: readers,
    asks: once('/api/v1/sample-draws', { payload: {}, open: [400] }),
  },
  'POST /api/v1/sample-draws/:drawId/repeat': {
    may: readers,
    asks: ({ matters }) =>
      (['fiscal', 'invoices'] as const).map((pack) => ({
        url: `/api/v1/sample-draws/${matters.samples.drawIds[pack]}/repeat`,
        payload: {},
        about: { kind: 'sample_draw', pack },
      })),
  },
  'GET /api/v1/sample-sizes': { may: readers, asks: once('/api/v1/sample-sizes') },
  'POST /api/v1/sample-sizes': {
    may: leaders,
    asks: once('/api/v1/sample-sizes', { payload: {}, open: [400] }),
  },
  'GET /api/v1/rule-recall': { may: readers, asks: once('/api/v1/rule-recall') },
  'GET /api/v1/rule-recall/:rule': { may: readers, asks: once('/api/v1/rule-recall/ZF10') },
}
