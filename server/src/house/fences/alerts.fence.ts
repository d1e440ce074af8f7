import type { FenceCaller } from './callers.ts'
import { type Ask, alertsOfSum, type FenceContext, type FenceTable, once, yuanOf } from './fence-entry.ts'
import type { PlacedAlert } from './matters.ts'

const office = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
  'case_manager',
]
const officers = ['conduct_officer', 'supervision_officer', 'finance_supervisor']
const leaders = ['deputy', 'principal']
const unitPeople = ['unit_finance', 'unit_head']

const exceptionReaders = [...officers, ...leaders, 'rule_approver']

/** A version that no alert has: whoever sees the alert is told that it changed. */
const stale = { version: 999_999 }

interface Figure {
  readonly key: string
  readonly count: number
  readonly amount: string
}

/** Every fifth alert and all that are told of: enough for the steps, whose sight the lists have shown to be one. */
const chosen = ({ matters }: FenceContext) =>
  matters.alerts.filter(
    ({ bit, names, unit }) => bit % 5 === 0 || names === 'CH' || (names === 'P' && unit === 'U1'),
  )

/** The step about each chosen alert. */
const stepOn =
  (path: string, payload: object, about: 'alert' | 'unit_item', open = [409]) =>
  (context: FenceContext): readonly Ask[] =>
    chosen(context).map((alert) => ({
      url: path.replace(':alertId', alert.id),
      payload,
      about: { kind: about === 'alert' ? 'office_only' : 'unit_item', alert },
      open,
    }))

/** Some alerts of each kind, those with a hidden hit among them: each answer runs a rule. */
const explained =
  (path: string, payload: object | undefined, kind: 'office_only' | 'unit_item') =>
  ({ matters }: FenceContext): readonly Ask[] =>
    matters.alerts
      .filter(({ bit }) => bit % 20 === 1 || bit % 20 === 5)
      .map((alert) => ({ url: path.replace(':alertId', alert.id), payload, about: { kind, alert } }))

/** Each attachment through the alert on which it hangs. */
const attached =
  (path: string, kind: 'office_only' | 'unit_item') =>
  ({ matters }: FenceContext): readonly Ask[] =>
    matters.alerts.flatMap((alert) => {
      const fileId = matters.attachments.get(alert.id)
      const url = path.replace(':alertId', alert.id).replace(':fileId', fileId ?? '')
      return fileId ? [{ url, about: { kind, alert } }] : []
    })

/** What is done to each exception: all are refused, so every step meets a conflict. */
const onExceptions =
  (path: string, payload: object | undefined, open: readonly number[]) =>
  ({ matters }: FenceContext): readonly Ask[] =>
    matters.exceptions.map((exception) => ({
      url: `/api/v1/exceptions/${exception.id}${path}`,
      payload,
      about: { kind: 'exception', exception },
      open,
    }))

/** A step on several at once, tried on alerts that are past it. */
const bulkStep =
  (url: string) =>
  (context: FenceContext): readonly Ask[] =>
    chosen(context)
      .filter(({ withUnit }) => withUnit)
      .map((alert) => ({
        url,
        payload: { alertIds: [alert.id], note: '理由说明' },
        about: { kind: 'office_only', alert },
        open: [409],
      }))

/** Steps that would be taken where they can be: tried on what the caller must not reach, or what is past them. */
const outOfReach =
  (path: string, past: (alert: PlacedAlert) => boolean, open: readonly number[]) =>
  (context: FenceContext, caller: FenceCaller): readonly Ask[] =>
    context.matters.alerts
      .filter((alert) => past(alert) || !context.sees(caller, { kind: 'office_only', alert }))
      .map((alert) => ({
        url: path.replace(':alertId', alert.id),
        payload: { reason: '理由说明' },
        about: { kind: 'office_only', alert },
        open,
      }))

function figuresFault(name: string, figure: Pick<Figure, 'count' | 'amount'>, seen: readonly PlacedAlert[]) {
  const sum = alertsOfSum(seen)
  if (figure.count === seen.length && yuanOf(figure.amount) === sum) return undefined
  return `${name} counts ${figure.count} with ${figure.amount}, expected ${seen.length} with ${sum}`
}

/** A part of what is counted may hold nothing that is not seen: the powers of two in its sum say which it holds. */
function partFault(name: string, figure: Figure, seen: readonly PlacedAlert[]): string | undefined {
  const hidden = yuanOf(figure.amount) & ~alertsOfSum(seen)
  return hidden === 0n ? undefined : `${name} ${figure.key} counts hidden rows (${hidden.toString(2)})`
}

export const alertsFence: FenceTable = {
  'GET /api/v1/alerts': {
    may: office,
    whole: ['alert'],
    asks: once('/api/v1/alerts?limit=7', { pages: true }),
  },
  'GET /api/v1/alerts/:alertId': {
    may: office,
    asks: ({ matters }) =>
      matters.alerts.map((alert) => ({
        url: `/api/v1/alerts/${alert.id}`,
        about: { kind: 'office_only', alert },
      })),
  },
  'GET /api/v1/alerts/:alertId/explain': {
    may: office,
    asks: explained('/api/v1/alerts/:alertId/explain', undefined, 'office_only'),
  },
  'POST /api/v1/alerts/:alertId/explain': {
    may: officers,
    asks: explained('/api/v1/alerts/:alertId/explain', { reason: '核对身份' }, 'office_only'),
  },
  'GET /api/v1/alerts/:alertId/files/:fileId': {
    may: office,
    asks: attached('/api/v1/alerts/:alertId/files/:fileId', 'office_only'),
  },
  'POST /api/v1/alerts/export': {
    may: [...officers, ...leaders],
    whole: ['alert'],
    asks: once('/api/v1/alerts/export', { payload: { form: 'csv', purpose: '核对清单' } }),
  },
  'POST /api/v1/alerts/:alertId/explanation-request': {
    may: [...officers, ...leaders],
    asks: stepOn('/api/v1/alerts/:alertId/explanation-request', { purpose: '送达单位' }, 'alert', [200, 409]),
  },
  'GET /api/v1/exceptions': {
    may: exceptionReaders,
    whole: ['exception'],
    asks: once('/api/v1/exceptions?limit=2', { pages: true }),
  },
  'GET /api/v1/exceptions/:exceptionId': {
    may: exceptionReaders,
    asks: onExceptions('', undefined, [200]),
  },
  'GET /api/v1/suppressed-hits': {
    may: exceptionReaders,
    whole: ['suppressed'],
    asks: once('/api/v1/suppressed-hits?limit=3', { pages: true }),
  },
  'POST /api/v1/alerts/:alertId/exceptions': {
    may: officers,
    asks: stepOn(
      '/api/v1/alerts/:alertId/exceptions',
      { rule: 'NONE', validTo: '2026-12-31', reason: '理由说明' },
      'alert',
      [409, 422],
    ),
  },
  'POST /api/v1/exceptions/:exceptionId/approve': {
    may: ['rule_approver', 'deputy'],
    asks: onExceptions('/approve', { approvalNo: '批准1号' }, [409]),
  },
  'POST /api/v1/exceptions/:exceptionId/refuse': {
    may: ['rule_approver', 'deputy'],
    asks: onExceptions('/refuse', { reason: '理由说明' }, [409]),
  },
  'POST /api/v1/exceptions/:exceptionId/end': {
    may: ['rule_approver', 'deputy'],
    asks: onExceptions('/end', { reason: '理由说明' }, [409]),
  },
  'POST /api/v1/exceptions/:exceptionId/withdraw': {
    may: officers,
    asks: onExceptions('/withdraw', { reason: '理由说明' }, [409]),
  },
  'POST /api/v1/alerts/dispatch': { may: officers, asks: bulkStep('/api/v1/alerts/dispatch') },
  'POST /api/v1/alerts/hold': { may: officers, asks: bulkStep('/api/v1/alerts/hold') },
  'POST /api/v1/alerts/release': { may: officers, asks: bulkStep('/api/v1/alerts/release') },
  'POST /api/v1/alerts/:alertId/send-back': {
    may: officers,
    asks: stepOn('/api/v1/alerts/:alertId/send-back', { note: '请补充', ...stale }, 'alert'),
  },
  'POST /api/v1/alerts/:alertId/reject-rectification': {
    may: officers,
    asks: stepOn('/api/v1/alerts/:alertId/reject-rectification', { note: '请补充', ...stale }, 'alert'),
  },
  'POST /api/v1/alerts/:alertId/reopen': {
    may: leaders,
    asks: stepOn('/api/v1/alerts/:alertId/reopen', { note: '重新打开', ...stale }, 'alert'),
  },
  'POST /api/v1/alerts/:alertId/judge': {
    may: officers,
    asks: stepOn('/api/v1/alerts/:alertId/judge', { verdict: 'normal', reason: '正常', ...stale }, 'alert'),
  },
  'POST /api/v1/alerts/:alertId/close': {
    may: officers,
    asks: stepOn('/api/v1/alerts/:alertId/close', { note: '属实', ...stale }, 'alert'),
  },
  'POST /api/v1/alerts/:alertId/hand-on': {
    may: ['conduct_officer', 'supervision_officer', ...leaders],
    asks: outOfReach('/api/v1/alerts/:alertId/hand-on', ({ handedOn }) => handedOn, [409]),
  },
  'POST /api/v1/alerts/:alertId/take-back': {
    may: ['case_manager'],
    asks: outOfReach('/api/v1/alerts/:alertId/take-back', () => false, [404]),
  },
  'GET /api/v1/alert-board': {
    may: office,
    asks: once('/api/v1/alert-board'),
    figures: (board: Readonly<Record<string, readonly Figure[]>>, seen) => {
      const [total] = board.headline!
      const parts = Object.entries(board).flatMap(([name, figures]) =>
        figures.map((figure) => partFault(name, figure, seen)),
      )
      return figuresFault('headline', total!, seen) ?? parts.find(Boolean)
    },
  },
  'GET /api/v1/alert-totals': {
    may: office,
    asks: once('/api/v1/alert-totals'),
    figures: (totals: Figure, seen) => figuresFault('totals', totals, seen),
  },
  'GET /api/v1/alert-facets': {
    may: office,
    asks: once('/api/v1/alert-facets?of=pack,rule'),
    figures: (facets: Readonly<Record<string, readonly { value: string; count: number }[]>>, seen) => {
      for (const pack of ['fiscal', 'invoices']) {
        const said = facets.pack!.find(({ value }) => value === pack)?.count ?? 0
        const meant = seen.filter((alert) => alert.pack === pack).length
        if (said !== meant) return `pack ${pack} counts ${said}, expected ${meant}`
      }
      return undefined
    },
  },
  'GET /api/v1/alert-precision': {
    may: office,
    asks: once('/api/v1/alert-precision'),
    figures: (lines: readonly { raised: number }[], seen) => {
      const said = lines.reduce((sum, { raised }) => sum + raised, 0)
      // A hidden rule's hit counts beside the open one of the same alert.
      return said >= seen.length && said <= seen.length + 2
        ? undefined
        : `${said} raised, expected ${seen.length}`
    },
  },
  'GET /api/v1/alert-views': { may: office, asks: once('/api/v1/alert-views') },
  'POST /api/v1/alert-views': {
    may: office,
    asks: once('/api/v1/alert-views', { payload: {}, open: [400] }),
  },
  'DELETE /api/v1/alert-views/:viewId': {
    may: office,
    asks: once('/api/v1/alert-views/00000000-0000-4000-8000-000000000000', { open: [204, 404] }),
  },
  'GET /api/v1/alert-packs': { may: office, asks: once('/api/v1/alert-packs') },
  'GET /api/v1/unit-alerts': {
    may: unitPeople,
    whole: ['alert'],
    asks: once('/api/v1/unit-alerts?limit=5', { pages: true }),
  },
  'GET /api/v1/unit-alerts/:alertId': {
    may: unitPeople,
    asks: ({ matters }) =>
      matters.alerts.map((alert) => ({
        url: `/api/v1/unit-alerts/${alert.id}`,
        about: { kind: 'unit_item', alert },
      })),
  },
  'GET /api/v1/unit-alerts/:alertId/files/:fileId': {
    may: unitPeople,
    asks: attached('/api/v1/unit-alerts/:alertId/files/:fileId', 'unit_item'),
  },
  'GET /api/v1/unit-alerts/:alertId/explain': {
    may: unitPeople,
    asks: explained('/api/v1/unit-alerts/:alertId/explain', undefined, 'unit_item'),
  },
  'POST /api/v1/unit-alerts/:alertId/explanation': {
    may: unitPeople,
    asks: stepOn('/api/v1/unit-alerts/:alertId/explanation', { text: '说明', ...stale }, 'unit_item'),
  },
  'POST /api/v1/unit-alerts/:alertId/rectification': {
    may: unitPeople,
    asks: stepOn('/api/v1/unit-alerts/:alertId/rectification', { text: '整改', ...stale }, 'unit_item'),
  },
}
