import { type FenceTable, once } from './fence-entry.ts'
import { replayFence } from './replay.fence.ts'
import { sampleFence } from './sample.fence.ts'

const readers = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
  'rule_editor',
  'rule_approver',
]
const everyReader = [...readers, 'information_officer']
const nowhere = '/api/v1/rule-proposals/00000000-0000-4000-8000-000000000000'

/** The configuration of rules names nobody; what rules on trial found does. */
export const rulesFence: FenceTable = {
  ...replayFence,
  ...sampleFence,
  'GET /api/v1/rules': { may: everyReader, asks: once('/api/v1/rules') },
  'GET /api/v1/rules/:code': { may: everyReader, asks: once('/api/v1/rules/YS01') },
  'GET /api/v1/rules/:code/trial-hits': {
    may: readers,
    whole: ['trial'],
    asks: once('/api/v1/rules/YS01/trial-hits?limit=3', { pages: true }),
  },
  'GET /api/v1/rules/:code/distribution': {
    may: everyReader,
    // Whoever sees only a part of the province is told of no distribution.
    asks: once('/api/v1/rules/ZF12/distribution', { open: [200, 404] }),
  },
  'GET /api/v1/rule-precision': { may: everyReader, asks: once('/api/v1/rule-precision') },
  'GET /api/v1/keyword-groups': { may: everyReader, asks: once('/api/v1/keyword-groups') },
  'GET /api/v1/decision-tables': { may: everyReader, asks: once('/api/v1/decision-tables') },
  'GET /api/v1/rule-proposals': { may: everyReader, asks: once('/api/v1/rule-proposals') },
  'GET /api/v1/rule-proposals/:proposalId': { may: everyReader, asks: once(nowhere, { open: [404] }) },
  'POST /api/v1/rule-proposals': {
    may: ['rule_editor'],
    asks: once('/api/v1/rule-proposals', { payload: {}, open: [400] }),
  },
  'POST /api/v1/rule-proposals/:proposalId/approve': {
    may: ['rule_approver'],
    asks: once(`${nowhere}/approve`, { payload: {}, open: [404] }),
  },
  'POST /api/v1/rule-proposals/:proposalId/reject': {
    may: ['rule_approver'],
    asks: once(`${nowhere}/reject`, { payload: { reason: '不同意变更' }, open: [404] }),
  },
  'POST /api/v1/rule-proposals/:proposalId/withdraw': {
    may: ['rule_editor'],
    asks: once(`${nowhere}/withdraw`, { payload: {}, open: [404] }),
  },
  'POST /api/v1/keyword-groups/try': {
    may: everyReader,
    asks: once('/api/v1/keyword-groups/try', { payload: {}, open: [400] }),
  },
  'POST /api/v1/rule-runs': {
    may: ['rule_editor', 'rule_approver', 'information_officer'],
    asks: once('/api/v1/rule-runs', { payload: {}, open: [400] }),
  },
}
