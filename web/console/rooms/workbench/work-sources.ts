import type { components } from '../../../client/api.generated.ts'
import { answered, client, type ListData } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { WorkItem } from './work-item.ts'

type Row<Name extends keyof components['schemas']> = components['schemas'][Name]

/** Where work comes from: who has it, and how it is asked for. */
export interface WorkSource {
  readonly name: string
  /** Without one of these nothing of it waits for the person; where none is named it may be anybody's. */
  readonly permissions: readonly string[]
  ask(): Promise<readonly WorkItem[]>
}

/** As many of one kind as can be of use on one page; the lists hold the rest. */
const most = 100

/** Asks with a query that the generated types are too strict for: they know no optional values. */
const page = <Item>(answer: Promise<unknown>) => answered<ListData<Item>>(answer as never)
const query = (given: Readonly<Record<string, unknown>>) => ({ params: { query: given as never } })

export const workSources: readonly WorkSource[] = [
  {
    name: 'alerts',
    permissions: ['alerts.judge', 'alerts.dispatch'],
    ask: async () => {
      const given = query({ mine: 'true', sort: 'due', limit: most })
      const { items } = await page<Row<'AlertRow'>>(client.GET('/api/v1/alerts', given))
      return items.map((row) => ({
        key: row.alertId,
        kind: `alerts.${row.state}`,
        title: inLanguage({ zh: row.messageZh, en: row.messageEn }),
        about: `${row.number} ${row.unitName ?? ''}`,
        level: row.level,
        dueOn: row.dueOn,
        since: row.raisedAt,
        address: `/alerts/${row.alertId}`,
      }))
    },
  },
  {
    name: 'unit-alerts',
    permissions: ['alerts.answer'],
    ask: async () => {
      const { items } = await page<Row<'UnitAlert'>>(
        client.GET('/api/v1/unit-alerts', query({ limit: most })),
      )
      return items
        .filter(({ state }) => state === 'dispatched' || state === 'rectifying')
        .map((row) => ({
          key: row.alertId,
          kind: `unit.${row.state}`,
          title: inLanguage({ zh: row.messageZh, en: row.messageEn }),
          about: row.number,
          level: row.level,
          dueOn: row.dueOn,
          since: row.dispatchedAt,
          address: `/unit-alerts/${row.alertId}`,
        }))
    },
  },
  {
    name: 'payment-requests',
    permissions: ['fiscal.decide'],
    ask: async () => {
      const { items } = await page<Row<'PaymentRequestRow'>>(
        client.GET('/api/v1/fiscal/payment-requests', query({ state: 'held', limit: most })),
      )
      return items.map((row) => request(row, row.payOn, '/payment-requests'))
    },
  },
  {
    name: 'unit-payment-requests',
    permissions: ['fiscal.explain'],
    ask: async () => {
      const { items } = await page<Row<'PaymentRequestRow'>>(
        client.GET('/api/v1/unit-payment-requests', query({ state: 'explanation_owed', limit: most })),
      )
      return items.map((row) => request(row, row.explainBy, '/unit-payment-requests'))
    },
  },
  {
    name: 'slips-to-decide',
    permissions: ['supervise.decide'],
    ask: () => slips('replied'),
  },
  {
    name: 'slips-to-answer',
    permissions: ['alerts.answer'],
    ask: () => slips('issued'),
  },
  {
    name: 'rule-proposals',
    permissions: ['rules.decide'],
    ask: async () => {
      const { items } = await page<Row<'RuleProposal'>>(
        client.GET('/api/v1/rule-proposals', query({ state: 'waiting', limit: most })),
      )
      return items
        .filter(({ own }) => !own)
        .map((row) => ({
          key: row.proposalId,
          kind: 'ruleProposal',
          title: inLanguage(row.title),
          about: row.reason,
          level: null,
          dueOn: row.effectiveFrom,
          since: row.proposedAt,
          address: `/rule-proposals?opened=${row.proposalId}`,
        }))
    },
  },
  {
    name: 'exceptions',
    permissions: ['exceptions.decide'],
    ask: async () => {
      const { items } = await page<Row<'RuleException'>>(
        client.GET('/api/v1/exceptions', query({ standing: 'proposed', limit: most })),
      )
      return items
        .filter(({ own }) => !own)
        .map((row) => ({
          key: row.exceptionId,
          kind: 'exception',
          title: `${row.rule} ${row.unitName ?? ''}`,
          about: `${row.number} ${row.reason}`,
          level: null,
          dueOn: null,
          since: row.proposedAt,
          address: `/exceptions?opened=${row.exceptionId}`,
        }))
    },
  },
  {
    name: 'role-holdings',
    permissions: ['identity.decide_roles'],
    ask: async () => {
      const { items } = await page<Row<'RoleHolding'>>(
        client.GET('/api/v1/role-holdings', query({ state: 'requested' })),
      )
      return items.map((row) => ({
        key: row.holdingId,
        kind: 'role',
        title: `${row.displayName} (${row.username})`,
        about: row.reason,
        level: null,
        dueOn: null,
        since: row.requestedAt,
        address: '/roles',
      }))
    },
  },
  {
    name: 'handovers',
    permissions: [],
    ask: async () => {
      const { items } = await page<Row<'Handover'>>(client.GET('/api/v1/handovers', query({ open: 'true' })))
      return items
        .filter(({ awaitsMe }) => awaitsMe)
        .map((row) => ({
          key: row.handoverId,
          kind: 'handover',
          title: `${row.fromName} → ${row.toName}`,
          about: row.reason,
          level: null,
          dueOn: null,
          since: row.createdAt,
          address: `/handovers?opened=${row.handoverId}`,
        }))
    },
  },
  {
    name: 'api-tokens',
    permissions: ['identity.decide_tokens'],
    ask: async () => {
      const { items } = await page<Row<'ApiToken'>>(client.GET('/api/v1/api-tokens'))
      return items
        .filter(({ state }) => state === 'requested')
        .map((row) => ({
          key: row.tokenId,
          kind: 'token',
          title: row.name,
          about: row.placeName ?? row.scope,
          level: null,
          dueOn: null,
          since: row.requestedAt,
          address: '/api-tokens',
        }))
    },
  },
]

function request(row: Row<'PaymentRequestRow'>, dueOn: string | null, path: string): WorkItem {
  return {
    key: row.requestKey,
    kind: `requests.${row.state}`,
    title: [row.payeeName, row.purpose].filter(Boolean).join(' · '),
    about: `${row.requestNo} ${row.unitName ?? ''}`,
    level: row.level,
    dueOn,
    since: row.requestedAt,
    address: `${path}/${row.requestKey}`,
  }
}

async function slips(state: 'issued' | 'replied'): Promise<readonly WorkItem[]> {
  const { items } = await page<Row<'SupervisionSlip'>>(
    client.GET('/api/v1/supervision', query({ state, limit: most })),
  )
  return items.map((row) => ({
    key: row.slipId,
    kind: `slips.${state}`,
    title: row.subjectTitle,
    about: row.number,
    level: null,
    dueOn: state === 'issued' ? row.dueOn : null,
    since: `${row.issuedOn}T00:00:00+08:00`,
    address: `/supervision?opened=${row.slipId}`,
  }))
}
