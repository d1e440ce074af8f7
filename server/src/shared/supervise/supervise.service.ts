import {
  asProductEverywhere,
  type Caller,
  type Database,
  systemCaller,
  type Trx,
} from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { askedFor, recordAudit } from '#shared/audit/index.ts'
import { type Attachment, attachmentsOf, requireOwnUploads } from '#shared/files/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import { rungReached, type SlipAction, stepSlip } from './slip.rules.ts'
import {
  appendSlipEvent,
  type EndedMatter,
  endSlips,
  insertSlip,
  type LateSlip,
  type LockedSlip,
  listSlips,
  lockSlip,
  lockUnanswered,
  moveSlip,
  type NewSlip,
  readSlip,
  receivingPlace,
  type SlipEvent,
  type SlipRow,
  setSlipRung,
} from './slip.store.ts'

const notFound = defineError(
  'supervise.not_found',
  404,
  '没有这份督办单，或您无权查看。',
  'No such slip, or you may not see it.',
)
const refusals = {
  not_in_this_state: defineError(
    'supervise.not_in_this_state',
    409,
    '督办单当前状态不能进行此项操作，请刷新。',
    'The slip is not in a state for this step; reload it.',
  ),
  not_yours: defineError(
    'supervise.not_yours',
    403,
    '此项操作不由您办理。',
    'This step is not yours to take.',
  ),
}

export interface SlipDetail extends SlipRow {
  readonly events: SlipEvent[]
  /** What is attached to the last answer. */
  readonly attachments: readonly Attachment[]
}

export interface SlipAnswer {
  readonly text: string
  readonly files?: readonly string[]
}

export interface Supervision {
  /** Issues a slip within a room's own transaction and tells those who must answer. Returns its number and due day. */
  issue(trx: Trx, slip: NewSlip): Promise<{ slipId: string; number: string; dueOn: string }>
  /** The same to an office: the slip goes to where the nearest of the addressees works, for a matter at a place. */
  issueToOffice(trx: Trx, slip: NewSlip): Promise<{ slipId: string; number: string; dueOn: string }>
  /** Ends what is open of slips on matters that are over, within the room's own transaction. */
  endWith(trx: Trx, caller: Caller, matter: EndedMatter): Promise<void>
  list(
    caller: Caller,
    query: Parameters<typeof listSlips>[1],
  ): Promise<{ items: SlipRow[]; next: string | null }>
  detail(caller: Caller, slipId: string): Promise<SlipDetail>
  step(caller: Caller, slipId: string, action: SlipAction, answer: SlipAnswer): Promise<SlipRow>
  /** Reminds, urges and escalates what is unanswered; running it twice at one time does nothing more. Returns how many rungs were climbed. */
  climb(): Promise<number>
}

export function createSupervision(dependencies: { database: Database; clock: Clock }): Supervision {
  const { database, clock } = dependencies
  const moment = () => {
    const at = clock.now()
    return { at, today: shanghaiDate(at) }
  }
  const issue: Supervision['issue'] = async (trx, slip) => {
    const { at, today } = moment()
    const issued = await insertSlip(trx, slip, at, today)
    await appendSlipEvent(trx, issued.slipId, 'issued', slip.demand, at)
    await recordAudit(trx, {
      action: 'supervise.issue',
      object: { kind: 'slip', id: issued.slipId },
      detail: { number: issued.number, room: slip.room },
    })
    await tell(trx, issued, issued.addresseeRoles, 'issued', at)
    return { slipId: issued.slipId, number: issued.number, dueOn: issued.dueOn }
  }
  return {
    issue,
    issueToOffice: async (trx, slip) => {
      const to = { roles: slip.addresseeRoles, place: slip.orgPath, persons: slip.personKeys ?? [] }
      return issue(trx, { ...slip, orgPath: await receivingPlace(trx, to, clock.now()) })
    },
    endWith: (trx, caller, matter) =>
      asProductEverywhere(trx, caller, async () => {
        const { at, today } = moment()
        for (const slip of await endSlips(trx, matter, at, today)) {
          await appendSlipEvent(trx, slip.slipId, 'ended', null, at)
          await recordAudit(trx, {
            action: 'supervise.end',
            object: { kind: 'slip', id: slip.slipId },
            detail: { number: slip.number },
          })
          await tell(trx, slip, slip.addresseeRoles, 'ended', at)
        }
      }),
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const found = await listSlips(trx, query, moment().today)
        await recordAudit(trx, {
          action: 'supervise.search_slips',
          detail: { ...askedFor(query), shown: found.items.length },
        })
        return found
      }),
    detail: (caller, slipId) =>
      database.asCaller(caller, async (trx) => {
        const slip = await readSlip(trx, slipId, moment().today)
        if (!slip) throw notFound()
        await recordAudit(trx, { action: 'supervise.read_slip', object: { kind: 'slip', id: slipId } })
        const files = await attachmentsOf(trx, slip.replyFiles)
        return { ...slip, attachments: [...files.values()] }
      }),
    step: (caller, slipId, action, answer) =>
      database.asCaller(caller, (trx) => takeSlipStep(trx, caller, { slipId, action, answer }, moment())),
    climb: () =>
      database.asCaller(systemCaller, async (trx) => {
        const { at, today } = moment()
        let climbed = 0
        for (const slip of await lockUnanswered(trx, today)) climbed += await climbOne(trx, slip, at)
        return climbed
      }),
  }
}

async function takeSlipStep(
  trx: Trx,
  caller: Caller,
  { slipId, action, answer }: { slipId: string; action: SlipAction; answer: SlipAnswer },
  { at, today }: { at: Date; today: string },
): Promise<SlipRow> {
  const slip = await lockSlip(trx, slipId, today)
  if (!slip) throw notFound()
  const decision = stepSlip(slip.state, action, actorOf(caller, slip))
  if ('refused' in decision) throw refusals[decision.refused]()
  const reply = action === 'reply' ? { text: answer.text, files: answer.files ?? [] } : undefined
  if (reply) await requireOwnUploads(trx, reply.files)
  await moveSlip(trx, slipId, decision.to, reply, at, today)
  const kinds = {
    reply: 'replied',
    send_back: 'sent_back',
    accept: 'accepted',
    withdraw: 'withdrawn',
  } as const
  await appendSlipEvent(trx, slipId, kinds[action], answer.text, at)
  await recordAudit(trx, {
    action: `supervise.${action}`,
    object: { kind: 'slip', id: slipId },
    detail: { number: slip.number },
  })
  await tell(trx, slip, action === 'reply' ? slip.supervisorRoles : slip.addresseeRoles, kinds[action], at)
  const { events: _events, ...row } = (await readSlip(trx, slipId, today))!
  return row
}

/** Whoever stands at the place and holds an addressed role answers; he does not watch over himself. */
function actorOf(caller: Caller, slip: LockedSlip): 'addressee' | 'supervisor' {
  const addressed = caller.roles.some((role) => slip.addresseeRoles.includes(role))
  return addressed && caller.scope === slip.orgPath ? 'addressee' : 'supervisor'
}

async function climbOne(trx: Trx, slip: LateSlip, at: Date): Promise<number> {
  const reached = rungReached(slip.over, slip.termDays)
  if (reached.rung <= slip.rung) return 0
  await setSlipRung(trx, slip.slipId, reached.rung)
  await appendSlipEvent(trx, slip.slipId, reached.kind, null, at)
  await tell(trx, slip, slip.addresseeRoles, reached.kind, at)
  if (reached.kind !== 'reminded') await tell(trx, slip, slip.supervisorRoles, reached.kind, at)
  return 1
}

const words = {
  issued: ['收到督办单', 'A supervision slip for you:'],
  replied: ['督办单已回复', 'A slip was answered:'],
  sent_back: ['督办单退回补充', 'A slip was sent back:'],
  accepted: ['督办单已审核通过', 'A slip was accepted:'],
  withdrawn: ['督办单已撤回', 'A slip was withdrawn:'],
  ended: ['督办事项已办结，督办单终止', 'Its matter is over, the slip has ended:'],
  reminded: ['督办单即将到期', 'A slip is due soon:'],
  urged: ['督办单已超期', 'A slip is overdue:'],
  escalated: ['督办单持续超期', 'A slip stays overdue:'],
} as const

async function tell(
  trx: Trx,
  slip: LockedSlip,
  roles: readonly string[],
  kind: keyof typeof words,
  at: Date,
): Promise<void> {
  const [zh, en] = words[kind]
  await postToRoles(
    trx,
    { roles, place: slip.orgPath, persons: slip.personKeys },
    {
      kind: `supervise.${kind}`,
      titleZh: `${zh}：${slip.number}`,
      titleEn: `${en} ${slip.number}`,
      link: `/supervision/${slip.slipId}`,
      byTextMessage: kind === 'issued' || kind === 'urged',
    },
    at,
  )
}
