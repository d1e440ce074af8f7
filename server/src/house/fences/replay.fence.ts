import { type FenceTable, once } from './fence-entry.ts'

const readers = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
  'rule_editor',
  'rule_approver',
]
const workers = ['rule_editor', 'rule_approver']
const replays = '/api/v1/rule-replays'
const composed = '/api/v1/composed-rules'

const ofReplay =
  (path: string, more: object = {}): FenceTable[string]['asks'] =>
  ({ matters }) => [{ url: `${replays}/${matters.replayId}${path}`, ...more }]

/** Replays name units and persons; composed rules name nobody. */
export const replayFence: FenceTable = {
  'GET /api/v1/rule-replay-choices': { may: readers, asks: once('/api/v1/rule-replay-choices') },
  'GET /api/v1/rule-replays': { may: readers, asks: once(replays) },
  'GET /api/v1/rule-replays/:replayId': { may: readers, asks: ofReplay('') },
  'GET /api/v1/rule-replays/:replayId/difference': { may: readers, asks: ofReplay('/difference') },
  'GET /api/v1/rule-replays/:replayId/hits': {
    may: readers,
    whole: ['replay'],
    asks: ofReplay('/hits?limit=3', { pages: true }),
  },
  'POST /api/v1/rule-replays': { may: workers, asks: once(replays, { payload: {}, open: [400] }) },
  'POST /api/v1/rule-replays/:replayId/cancel': {
    may: workers,
    asks: ofReplay('/cancel', { payload: {}, open: [409] }),
  },
  'POST /api/v1/rule-replays/:replayId/again': {
    may: workers,
    asks: ofReplay('/again', { payload: {}, open: [422] }),
  },
  'GET /api/v1/composable-datasets': { may: readers, asks: once('/api/v1/composable-datasets') },
  'GET /api/v1/composed-rules': { may: readers, asks: once(composed) },
  'GET /api/v1/composed-rules/:code': { may: readers, asks: once(`${composed}/ZD99`, { open: [404] }) },
  'POST /api/v1/composed-rules': {
    may: ['rule_editor'],
    asks: once(composed, { payload: {}, open: [400] }),
  },
  'POST /api/v1/composed-rules/check': {
    may: ['rule_editor'],
    asks: once(`${composed}/check`, { payload: {}, open: [400] }),
  },
  'PUT /api/v1/composed-rules/:code/draft': {
    may: ['rule_editor'],
    asks: once(`${composed}/ZD99/draft`, { payload: {}, open: [400] }),
  },
  'POST /api/v1/composed-rules/:code/propose': {
    may: ['rule_editor'],
    asks: once(`${composed}/ZD99/propose`, { payload: { reason: '近期偏高' }, open: [404] }),
  },
  'POST /api/v1/composed-rules/:code/withdraw': {
    may: ['rule_editor'],
    asks: once(`${composed}/ZD99/withdraw`, { payload: {}, open: [404] }),
  },
  'POST /api/v1/composed-rules/:code/approve': {
    may: ['rule_approver'],
    asks: once(`${composed}/ZD99/approve`, { payload: { version: 1 }, open: [404] }),
  },
  'POST /api/v1/composed-rules/:code/reject': {
    may: ['rule_approver'],
    asks: once(`${composed}/ZD99/reject`, { payload: { version: 1, reason: '依据不足' }, open: [404] }),
  },
  'POST /api/v1/composed-rules/:code/end': {
    may: ['rule_approver'],
    asks: once(`${composed}/ZD99/end`, { payload: { version: 1, reason: '规定废止' }, open: [404, 409] }),
  },
}
