import { personKey } from './accounts.ts'
import { type FenceTable, once } from './fence-entry.ts'
import { watchedPlaces } from './matters.ts'

const office = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
  'case_manager',
]
const withReason = office.filter((role) => role !== 'finance_supervisor')
const watchers = ['principal', 'deputy', 'conduct_officer', 'supervision_officer']
const reason = '核对线索需要'
const lookAt = (what: string) =>
  watchedPlaces.map((watched) => ({
    url: `/api/v1/watch-list/${personKey(watched.person)}/${what}`,
    payload: { reason },
    about: { kind: 'watched' as const, ...watched },
  }))
const nowhere = '/api/v1/invoices/-/00000000'
const nobody = '/api/v1/enterprises/91460000MA5T000000'

/** The three libraries: what they hold of persons is looked at with a reason, within one's own part of the tree. */
export const librariesFence: FenceTable = {
  'POST /api/v1/watch-list/search': {
    may: watchers,
    whole: ['watched'],
    asks: once('/api/v1/watch-list/search', { payload: { reason } }),
  },
  'POST /api/v1/watch-list/:personKey/look': { may: watchers, asks: () => lookAt('look') },
  'POST /api/v1/watch-list/:personKey/unmask': { may: watchers, asks: () => lookAt('unmask') },
  'GET /api/v1/invoices': { may: office, asks: once('/api/v1/invoices') },
  'GET /api/v1/invoices/:invoiceCode/:invoiceNo': { may: office, asks: once(nowhere, { open: [404] }) },
  'POST /api/v1/invoices/:invoiceCode/:invoiceNo/unmask': {
    may: withReason,
    asks: once(`${nowhere}/unmask`, { payload: { reason }, open: [404] }),
  },
  'GET /api/v1/enterprises': { may: office, asks: once('/api/v1/enterprises') },
  'GET /api/v1/enterprises/:creditCode': { may: office, asks: once(nobody, { open: [404] }) },
  'POST /api/v1/enterprises/:creditCode/unmask': {
    may: withReason,
    asks: once(`${nobody}/unmask`, { payload: { reason }, open: [404] }),
  },
  'POST /api/v1/enterprises/:creditCode/connections': {
    may: watchers,
    asks: once(`${nobody}/connections`, { payload: { reason } }),
  },
}
