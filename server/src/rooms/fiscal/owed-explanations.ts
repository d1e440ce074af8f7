import { type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import { unitRoles } from '#shared/permissions/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import { climbOwing, type OwingRequest } from './owed-explanations.store.ts'
import { announce, insertEvent } from './request.store.ts'

type Step = 'reminder' | 'overdue' | 'slip' | 'escalate'

/** How a pack urges: working days before the end of a term, and the rungs after it with those who hear of each. */
export interface UrgingPolicy {
  readonly reminder: number
  readonly ladder: readonly {
    readonly after: number
    readonly step: Exclude<Step, 'reminder'>
    readonly to: readonly string[]
  }[]
}

export interface OwedExplanations {
  /**
   * Recalls to mind which requests are to be explained soon, and carries what is late up the pack's ladder: overdue,
   * supervision slip, escalation. Each rung once, however often this runs. Returns how many rungs were climbed.
   */
  climb(): Promise<number>
}

/** Working days that a supervision slip gives. */
const slipTerm = 3

export function createOwedExplanations(dependencies: {
  readonly database: Database
  readonly clock: Clock
  readonly urging: UrgingPolicy
  readonly supervision: Pick<Supervision, 'issue'>
}): OwedExplanations {
  const { database, clock, urging, supervision } = dependencies
  const rungs = [
    { rung: 1, after: -urging.reminder, step: 'reminder' as const, to: ['unit_finance'] },
    ...urging.ladder.map((rung, index) => ({ ...rung, rung: index + 2 })),
  ]
  return {
    climb: () =>
      database.asCaller(systemCaller, async (trx) => {
        const at = clock.now()
        let climbed = 0
        for (const rung of rungs) {
          for (const request of await climbOwing(trx, rung, shanghaiDate(at))) {
            const { requestKey } = request
            await insertEvent(trx, { requestKey, at, side: 'system', kind: rung.step, toUnit: true })
            if (rung.step === 'slip') await issueSlip(trx, request, supervision)
            await tell(trx, request, rung, at)
            await announce(trx, request, true)
            climbed += 1
          }
        }
        return climbed
      }),
  }
}

async function issueSlip(
  trx: Trx,
  { requestKey, requestNo, orgPath, personKeys }: OwingRequest,
  supervision: Pick<Supervision, 'issue'>,
): Promise<void> {
  await supervision.issue(trx, {
    room: 'fiscal',
    subjectId: requestKey,
    subjectTitle: `支付申请 ${requestNo} 逾期未说明`,
    link: `/unit-payment-requests/${requestKey}`,
    orgPath,
    addresseeRoles: ['unit_head', 'unit_finance'],
    supervisorRoles: ['finance_supervisor', 'supervision_officer', 'deputy', 'principal'],
    personKeys,
    demand: '支付申请逾期未作说明，请限期说明并写明原因。',
    termDays: slipTerm,
  })
}

const sayings: Readonly<Record<Step, { readonly zh: string; readonly en: string }>> = {
  reminder: { zh: '有支付申请的说明即将到期', en: 'The explanation of a payment request is due soon' },
  overdue: { zh: '有支付申请逾期未作说明', en: 'The explanation of a payment request is overdue' },
  slip: {
    zh: '有支付申请逾期未说明，已发督办单',
    en: 'A payment request stays unexplained: a slip was issued',
  },
  escalate: {
    zh: '有支付申请持续未作说明，请督促办理',
    en: 'A payment request stays unexplained; see to it',
  },
}

async function tell(
  trx: Trx,
  { requestKey, orgPath: place, personKeys: persons }: OwingRequest,
  { step, to }: { readonly step: Step; readonly to: readonly string[] },
  at: Date,
): Promise<void> {
  const ofUnit = to.filter((role) => (unitRoles as readonly string[]).includes(role))
  const ofOffice = to.filter((role) => !ofUnit.includes(role))
  for (const [page, roles] of [
    ['/unit-payment-requests', ofUnit],
    ['/payment-requests', ofOffice],
  ] as const) {
    if (roles.length === 0) continue
    await postToRoles(
      trx,
      { roles, place, persons },
      {
        kind: `fiscal.${step}`,
        titleZh: sayings[step].zh,
        titleEn: sayings[step].en,
        link: `${page}/${requestKey}`,
        byTextMessage: step === 'overdue' || step === 'escalate',
      },
      at,
    )
  }
}
