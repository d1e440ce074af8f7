import { type FenceContext, type FenceTable, once } from './fence-entry.ts'

const supervisors = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'finance_supervisor',
  'inspector_supervisor',
]
const unitPeople = ['unit_finance', 'unit_head']
const information = ['information_officer']

const noConflict = '01900000-0000-7000-8000-00000000000f'

const onSlips =
  (step: string, open: readonly number[]) =>
  ({ matters }: FenceContext) =>
    matters.slips.map((slip) => ({
      url: `/api/v1/supervision/${slip.id}${step}`,
      about: { kind: 'slip' as const, slip },
      open,
      ...(step ? { payload: { text: '已核实' } } : {}),
    }))

const onBatches =
  (rest: string, open: readonly number[], payload?: object) =>
  ({ matters }: FenceContext) =>
    (['province', 'city'] as const).map((place) => ({
      url: `/api/v1/intake/batches/${matters.batchIds[place]}${rest}`,
      about: { kind: 'batch' as const, place },
      open,
      payload,
    }))

export const sharedFence: FenceTable = {
  'GET /api/v1/exports': { may: ['audit_admin'], asks: once('/api/v1/exports', { pages: true }) },
  'GET /api/openapi.json': { may: 'public', asks: once('/api/openapi.json') },
  'GET /api/docs': { may: 'public', asks: once('/api/docs') },
  'GET /healthz': { may: 'public', asks: once('/healthz') },
  'GET /readyz': { may: 'public', asks: once('/readyz') },
  'GET /metrics': { may: 'public', asks: once('/metrics') },
  'GET /api/v1/audit': {
    may: ['audit_admin'],
    whole: ['audit'],
    namesObjects: true,
    asks: () => [
      { url: '/api/v1/audit?action=fence.mark&limit=40', pages: true },
      { url: '/api/v1/audit?limit=200' },
    ],
  },
  'GET /api/v1/audit/checkpoint': { may: ['audit_admin'], asks: once('/api/v1/audit/checkpoint') },
  'POST /api/v1/audit/checkpoint/export': {
    may: ['audit_admin'],
    asks: once('/api/v1/audit/checkpoint/export'),
  },
  'POST /api/v1/audit/export': {
    may: ['audit_admin'],
    asks: once('/api/v1/audit/export', { payload: {}, open: [400] }),
  },
  'GET /api/v1/calendar/:year': { may: 'signed-in', asks: once('/api/v1/calendar/2026') },
  'POST /api/v1/calendar/corrections': {
    may: ['system_admin', 'information_officer'],
    asks: once('/api/v1/calendar/corrections', { payload: {}, open: [400] }),
  },
  'POST /api/v1/files': { may: 'signed-in', asks: once('/api/v1/files', { open: [400] }) },
  'GET /api/v1/intake/datasets': { may: information, asks: once('/api/v1/intake/datasets') },
  'GET /api/v1/intake/datasets/:dataset/template.csv': {
    may: information,
    asks: once('/api/v1/intake/datasets/unit/template.csv'),
  },
  'GET /api/v1/intake/datasets/:dataset/template.xlsx': {
    may: information,
    asks: once('/api/v1/intake/datasets/unit/template.xlsx'),
  },
  'GET /api/v1/intake/batches/:batchId/refused.xlsx': {
    may: information,
    asks: onBatches('/refused.xlsx', [200]),
  },
  'GET /api/v1/intake/batches/:batchId/refused': { may: information, asks: onBatches('/refused', [200]) },
  'GET /api/v1/intake/conflicts': {
    may: information,
    asks: once('/api/v1/intake/conflicts?limit=1', { pages: true }),
  },
  'GET /api/v1/intake/conflicts/:conflictId': {
    may: information,
    asks: once(`/api/v1/intake/conflicts/${noConflict}`, { open: [404] }),
  },
  'POST /api/v1/intake/conflicts/:conflictId/decide': {
    may: information,
    asks: once(`/api/v1/intake/conflicts/${noConflict}/decide`, {
      payload: { keep: 'standing', reason: '核对原件' },
      open: [404],
    }),
  },
  'GET /api/v1/intake/drop': { may: information, asks: once('/api/v1/intake/drop') },
  'GET /api/v1/intake/drop/files': {
    may: information,
    asks: once('/api/v1/intake/drop/files?limit=1', { pages: true }),
  },
  'POST /api/v1/intake/:dataset/batches': {
    may: information,
    asks: once('/api/v1/intake/unit/batches', { open: [400] }),
  },
  'POST /api/v1/intake/:dataset/records': {
    may: [...information, 'feed'],
    asks: once('/api/v1/intake/invoice/records', { payload: {}, open: [400] }),
  },
  'GET /api/v1/intake/batches': {
    may: information,
    whole: ['batch'],
    asks: once('/api/v1/intake/batches?limit=1', { pages: true }),
  },
  'GET /api/v1/intake/batches/:batchId': { may: information, asks: onBatches('', [200]) },
  'GET /api/v1/intake/batches/:batchId/refused.csv': {
    may: information,
    asks: onBatches('/refused.csv', [200]),
  },
  'POST /api/v1/intake/batches/:batchId/load': {
    may: information,
    asks: onBatches('/load', [409], { mode: 'all' }),
  },
  'POST /api/v1/intake/batches/:batchId/undo': { may: information, asks: onBatches('/undo', [409]) },
  'GET /api/v1/notices': {
    may: 'signed-in',
    whole: ['notice'],
    asks: once('/api/v1/notices?limit=3', { pages: true }),
  },
  'POST /api/v1/notices/read': {
    may: 'signed-in',
    asks: ({ matters }, caller) => [
      {
        url: '/api/v1/notices/read',
        payload: {
          noticeIds: [...matters.noticeIds].filter(([name]) => name !== caller.name).map(([, id]) => id),
        },
      },
    ],
  },
  'GET /api/v1/stream': { may: 'signed-in', asks: () => [], endless: true },
  'GET /api/v1/supervision': {
    may: [...supervisors, ...unitPeople],
    whole: ['slip'],
    asks: once('/api/v1/supervision?limit=4', { pages: true }),
  },
  'GET /api/v1/supervision/:slipId': { may: [...supervisors, ...unitPeople], asks: onSlips('', [200]) },
  'GET /api/v1/supervision/:slipId/files/:fileId': {
    may: [...supervisors, ...unitPeople],
    asks: ({ matters }) =>
      matters.slips.map((slip) => ({
        url: `/api/v1/supervision/${slip.id}/files/${slip.fileId}`,
        about: { kind: 'slip', slip },
      })),
  },
  'POST /api/v1/supervision/:slipId/reply': {
    may: [...supervisors, ...unitPeople],
    asks: onSlips('/reply', [403, 409]),
  },
  'POST /api/v1/supervision/:slipId/send-back': { may: supervisors, asks: onSlips('/send-back', [409]) },
  'POST /api/v1/supervision/:slipId/accept': { may: supervisors, asks: onSlips('/accept', [409]) },
  'POST /api/v1/supervision/:slipId/withdraw': { may: supervisors, asks: onSlips('/withdraw', [409]) },
}
