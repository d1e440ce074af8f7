import { Readable } from 'node:stream'
import { systemCaller } from '#ground/database/index.ts'
import { personKey, scopeOfPlace } from './accounts.ts'
import { callers, type FenceCaller, type Person, type UnitPlace, units } from './callers.ts'
import type { FenceAlert, FenceException, FenceHandover, FenceSlip } from './oracle.ts'
import { type PlacedRequest, placeRequests } from './payment-requests.ts'
import { givePosts, type PlacedHolder } from './post-matter.ts'
import { arrangeReplay } from './replay-matter.ts'
import { arrangeSamples, type PlacedSample } from './sample-matter.ts'
import type { FenceWorld } from './world.ts'

/** An alert of the world with its identifier. Its amount is a power of two in yuan: a sum tells which rows it is made of. */
export interface PlacedAlert extends FenceAlert {
  readonly id: string
  readonly bit: number
  readonly story: Story
}

export interface PlacedSlip extends FenceSlip {
  readonly id: string
  readonly code: string
  /** What is attached to its answer. */
  readonly fileId: string
}

export interface PlacedException extends FenceException {
  readonly id: string
}

export interface Matters {
  readonly alerts: readonly PlacedAlert[]
  readonly exceptions: readonly PlacedException[]
  readonly slips: readonly PlacedSlip[]
  readonly requests: readonly PlacedRequest[]
  readonly handoverId: string
  readonly handover: FenceHandover
  readonly batchIds: Readonly<Record<'province' | 'city', string>>
  /** By the identifier of the alert: what its unit attached to the explanation. */
  readonly attachments: ReadonlyMap<string, string>
  /** By the name of the caller: his account, and his holding of his role. */
  readonly accountIds: ReadonlyMap<string, string>
  readonly holdingIds: ReadonlyMap<string, string>
  readonly tokenIds: Readonly<Record<'province' | 'city', string>>
  /** A notice of each caller. */
  readonly noticeIds: ReadonlyMap<string, string>
  readonly replayId: string
  readonly samples: PlacedSample
  readonly holders: readonly PlacedHolder[]
}

type Story =
  | 'dispatched'
  | 'recorded'
  | 'held'
  | 'doubtful'
  | 'handed_on'
  | 'taken_back'
  | 'hidden'
  | 'closed'

interface Plan {
  readonly pack: 'fiscal' | 'invoices'
  readonly unit: UnitPlace
  readonly names?: Person
  readonly story: Story
}

const packs = ['fiscal', 'invoices'] as const
/** Records stay small: from 50,000 yuan on an invoice is red, whatever its hits. */
const plans: readonly Plan[] = packs.flatMap((pack) => [
  { pack, unit: 'U1', story: 'recorded' as const },
  { pack, unit: 'U1', story: 'held' as const },
])
const others: readonly Plan[] = packs.flatMap((pack) => [
  ...units.flatMap((unit) => [
    { pack, unit, story: 'dispatched' as const },
    { pack, unit, story: 'dispatched' as const, names: 'P' as const },
  ]),
  ...(['U1', 'U3', 'U4'] as const).map((unit) => ({
    pack,
    unit,
    story: 'dispatched' as const,
    names: 'CH' as const,
  })),
  { pack, unit: 'U1' as const, story: 'dispatched' as const, names: 'UH' as const },
  ...(['doubtful', 'handed_on', 'taken_back', 'hidden', 'closed'] as const).map((story) => ({
    pack,
    unit: 'U1' as const,
    story,
  })),
  { pack, unit: 'U1' as const, story: 'handed_on' as const, names: 'P' as const },
])

const callerNamed = (name: string): FenceCaller => callers.find((caller) => caller.name === name)!
const handler = {
  fiscal: callerNamed('supervision_officer@city'),
  invoices: callerNamed('conduct_officer@city'),
}
const answerer = callerNamed('unit_finance@U1')
const disclosed = { fiscal: 'YS01', invoices: 'R02' }
const undisclosed = { fiscal: ['ZF18', 'related'], invoices: ['R07', 'enterprise'] } as const

/** Arranges matters of every kind, by the product's own ways, each with a mark in every field that tells something. */
export async function arrangeMatters(world: FenceWorld): Promise<Matters> {
  const alerts = await raiseAlerts(world, [...plans, ...others])
  const attachments = await tellStories(world, alerts)
  await watch(world)
  return {
    alerts: alerts.map(({ alert }) => alert),
    exceptions: await placeExceptions(
      world,
      alerts.map(({ alert }) => alert),
    ),
    attachments,
    slips: await issueSlips(world),
    requests: await placeRequests(world),
    handoverId: await writeHandover(world),
    handover,
    batchIds: { province: await bringFile(world, 'province'), city: await bringFile(world, 'city') },
    ...(await markTheRest(world)),
    replayId: await arrangeReplay(world),
    samples: await arrangeSamples(world),
    holders: await givePosts(world),
  }
}

async function raiseAlerts(
  world: FenceWorld,
  all: readonly Plan[],
): Promise<readonly { alert: PlacedAlert; plan: Plan }[]> {
  const { database, house } = world
  const [run] = await database.superuser<{ run_id: string }>(
    `insert into rules.run (pack, cause, as_of, started_by, finished_at, milliseconds)
      values ('fiscal', 'demand', '2026-11-24', $1, now(), 1) returning run_id`,
    [systemCaller.userId],
  )
  await database.superuser(
    `insert into rules.run_rule (run_id, rule, rule_version, parameters, state, missing, error, rows_read, hits, suppressed,
      milliseconds) values ($1, 'YS01', 'v1', '{}', 'ok', '{}', '⟦rule_run:1⟧', 1, 1, 0, 1)`,
    [run!.run_id],
  )
  world.mark('rule_run:1', { kind: 'rule_run' })
  world.mark(run!.run_id, { kind: 'rule_run' })
  for (const [bit, plan] of all.entries()) {
    const level = plan.story === 'recorded' || plan.story === 'held' ? 'blue' : 'red'
    const amount = `${2n ** BigInt(bit)}.00`
    const hit = { runId: run!.run_id, plan, level, amount, anchor: `payment_id=F${bit}` }
    await insertHit(world, { ...hit, rule: disclosed[plan.pack], condition: 'plain', mark: `alert:A${bit}` })
    if (plan.story !== 'hidden') continue
    const [rule, condition] = undisclosed[plan.pack]
    await insertHit(world, { ...hit, rule, condition, mark: `office_only:A${bit}.hit` })
  }
  for (const unit of units) {
    for (const names of [undefined, 'P'] as const) {
      const mark = `trial:${unit}${names ?? ''}`
      const plan: Plan = { pack: 'fiscal', unit, story: 'dispatched', ...(names ? { names } : {}) }
      const hit = { runId: run!.run_id, plan, level: 'red', amount: '1.00', anchor: `payment_id=${mark}` }
      await insertHit(world, { ...hit, rule: 'YS01', condition: `⟦${mark}⟧`, mark })
      world.mark(mark, { kind: 'trial_hit', unit, ...(names ? { names } : {}) })
    }
  }
  await suppressHits(world, run!.run_id)
  await database.superuser(`update rules.hit set trial = true where message_zh like '%trial:%'`)
  await database.superuser(
    'delete from rules.hit_delivery using rules.hit where hit_delivery.hit_id = hit.hit_id and (trial or suppressed)',
  )
  await house.alerts.arrivals.takeAll()
  const rows = await database.superuser<{ alert_id: string; anchor: string }>(
    'select alert_id, anchor from alerts.alert',
  )
  return all.map((plan, bit) => {
    const alert: PlacedAlert = {
      code: `A${bit}`,
      bit,
      story: plan.story,
      id: rows.find((row) => row.anchor === `payment_id=F${bit}`)!.alert_id,
      pack: plan.pack,
      unit: plan.unit,
      ...(plan.names ? { names: plan.names } : {}),
      // Whom it names does not get it, nor do those who work under him: then nobody in U1 is left.
      withUnit: plan.story !== 'recorded' && plan.story !== 'held' && plan.names !== 'UH',
      handedOn: plan.story === 'handed_on',
      gaveBack: plan.story === 'taken_back',
    }
    world.mark(alert.id, { kind: 'alert_id', alert })
    world.mark(`alert:${alert.code}`, { kind: 'alert', alert })
    for (const inner of ['hit', 'hold', 'doubt', 'clue', 'back'])
      world.mark(`office_only:${alert.code}.${inner}`, { kind: 'office_only', alert })
    return { alert, plan }
  })
}

/** Hits that an exception keeps from becoming alerts, for every unit and pack. */
async function suppressHits(world: FenceWorld, runId: string): Promise<void> {
  for (const pack of packs) {
    for (const unit of units) {
      for (const names of [undefined, 'P'] as const) {
        const mark = `suppressed:${pack}${unit}${names ?? ''}`
        const plan: Plan = { pack, unit, story: 'dispatched', ...(names ? { names } : {}) }
        const hit = { runId, plan, level: 'red', amount: '1.00', anchor: `payment_id=${mark}` }
        await insertHit(world, { ...hit, rule: disclosed[pack], condition: 'plain', mark })
        const exception = { pack, unit, ...(names ? { names } : {}) }
        world.mark(mark, { kind: 'suppressed_hit', exception })
      }
    }
  }
  await world.database.superuser(
    `update rules.hit set suppressed = true where message_zh like '%suppressed:%'`,
  )
}

/** Exceptions of every unit and pack; all have been refused, so that no step changes them. */
async function placeExceptions(
  world: FenceWorld,
  alerts: readonly PlacedAlert[],
): Promise<readonly PlacedException[]> {
  const placed: PlacedException[] = []
  for (const { id, pack, unit, names } of alerts.filter(({ bit }) => bit % 3 === 0)) {
    const mark = `exception:${placed.length}`
    const exception = { pack, unit, ...(names ? { names } : {}) }
    const [row] = await world.database.superuser<{ exception_id: string }>(
      `insert into alerts.exception (number, alert_id, alert_number, pack, rule, unit_code, org_path, valid_from, valid_to,
        reason, state, person_keys, proposed_by, proposed_at, decided_by, decided_at)
      values ($1, $2, '预警', $3, $4, $5, organisation.unit_path($5), '2026-01-01', '2026-12-31', $6, 'refused', $7, $8, now(),
        gen_random_uuid(), now()) returning exception_id`,
      [
        `LW${placed.length}`,
        id,
        pack,
        disclosed[pack],
        unit,
        world.mark(mark, { kind: 'exception', exception }),
        names ? [personKey(names)] : [],
        systemCaller.userId,
      ],
    )
    world.mark(row!.exception_id, { kind: 'exception', exception })
    placed.push({ id: row!.exception_id, ...exception })
  }
  return placed
}

interface NewHit {
  readonly runId: string
  readonly plan: Plan
  readonly level: string
  readonly amount: string
  readonly anchor: string
  readonly rule: string
  readonly condition: string
  readonly mark: string
}

async function insertHit({ database }: FenceWorld, hit: NewHit): Promise<void> {
  await database.superuser(
    `with one as (insert into rules.hit (pack, rule, anchor, rule_version, parameters, level, condition, unit_code, on_date,
        amount, counterparty, economic_code, keys, message_zh, message_en, evidence, evidence_hash, evidence_version,
        suppressed, person_keys, first_run, last_run)
      values ($1, $2, $3, 'v1', '{}', $4, $5, $6, '2026-11-20', $7, '同一收款人', '30217', $8, $9, $9, $10, md5($9), 1, false,
        $11, $12, $12) returning *),
    kept as (insert into rules.hit_evidence select hit_id, 1, first_run, rule_version, parameters, level, amount, evidence,
      evidence_hash from one)
    insert into rules.hit_delivery select hit_id, 1 from one`,
    [
      hit.plan.pack,
      hit.rule,
      hit.anchor,
      hit.level,
      hit.condition,
      hit.plan.unit,
      hit.amount,
      JSON.stringify({ payment_id: `⟦${hit.mark}⟧`, invoice_code: '', invoice_no: `⟦${hit.mark}⟧` }),
      `疑似 ⟦${hit.mark}⟧`,
      JSON.stringify({ payee_name: `⟦${hit.mark}⟧` }),
      hit.plan.names ? [personKey(hit.plan.names)] : [],
      hit.runId,
    ],
  )
}

/** Handles the alerts to where their stories end, through the server, as those whose work it is. */
async function tellStories(
  world: FenceWorld,
  alerts: readonly { alert: PlacedAlert; plan: Plan }[],
): Promise<ReadonlyMap<string, string>> {
  const attachments = new Map<string, string>()
  for (const { alert, plan } of alerts) {
    const office = handler[plan.pack]
    const step = async (caller: FenceCaller, url: string, payload: object) => {
      const answer = await world.ask(caller, 'POST', url, payload)
      if (answer.status !== 200) throw new Error(`${url}: ${answer.text}`)
    }
    const own = `/api/v1/unit-alerts/${alert.id}`
    const theirs = `/api/v1/alerts/${alert.id}`
    const inner = (word: string) => `⟦office_only:${alert.code}.${word}⟧`
    if (plan.story === 'held')
      await step(office, '/api/v1/alerts/hold', { alertIds: [alert.id], note: inner('hold') })
    if (!['doubtful', 'handed_on', 'taken_back', 'closed'].includes(plan.story)) continue
    // The person whom it names does not answer; the unit's other people do, and the office that he does not belong to.
    const mark = `⟦alert:${alert.code}⟧`
    const { fileId } = await attach(world, mark)
    world.mark(fileId, { kind: 'alert', alert })
    attachments.set(alert.id, fileId)
    const explanation = { text: `说明 ${mark}`, contact: '财务科', files: [fileId] }
    await step(answerer, `${own}/explanation`, explanation)
    if (plan.story === 'doubtful')
      await step(office, `${theirs}/judge`, { verdict: 'doubtful', reason: inner('doubt') })
    if (plan.story === 'closed')
      await step(office, `${theirs}/judge`, { verdict: 'normal', reason: `正常 ⟦alert:${alert.code}⟧` })
    if (plan.story === 'handed_on' || plan.story === 'taken_back') {
      const by = callerNamed('principal@province')
      await step(by, `${theirs}/hand-on`, { reason: inner('clue') })
    }
    if (plan.story === 'taken_back')
      await step(callerNamed('case_manager@city'), `${theirs}/take-back`, { reason: inner('back') })
  }
  return attachments
}

/** A file that bears the mark in its name and in its text. */
function attach(world: FenceWorld, mark: string): Promise<{ readonly fileId: string }> {
  const upload = { fileName: `${mark}.txt`, content: Readable.from([Buffer.from(`附件${mark}`)]) }
  return world.house.files.upload(world.accounts.caller(answerer), upload)
}

/** Slips to every unit, answered and accepted: in their last state no step is open any more. */
async function issueSlips(world: FenceWorld): Promise<readonly PlacedSlip[]> {
  const slips: PlacedSlip[] = []
  const addressees = ['unit_head']
  const supervisors = ['supervision_officer', 'deputy']
  for (const unit of units) {
    for (const names of [undefined, 'P', 'CH'] as const) {
      const code = `slip:${unit}${names ?? ''}`
      const { slipId } = await world.house.database.asCaller(systemCaller, (trx) =>
        world.house.supervision.issue(trx, {
          room: 'alerts',
          subjectId: code,
          subjectTitle: `⟦${code}⟧`,
          link: '/alerts',
          orgPath: scopeOfPlace[unit]!,
          addresseeRoles: addressees,
          supervisorRoles: supervisors,
          personKeys: names ? [personKey(names)] : [],
          demand: `请说明 ⟦${code}⟧`,
          termDays: 5,
        }),
      )
      const { fileId } = await attach(world, `⟦${code}⟧`)
      await world.database.superuser(
        `update supervise.slip set state = 'accepted', reply = '已附材料', reply_files = array[$2::uuid] where slip_id = $1`,
        [slipId, fileId],
      )
      const slip: PlacedSlip = {
        id: slipId,
        code,
        fileId,
        unit,
        addressees,
        supervisors,
        ...(names ? { names } : {}),
      }
      world.mark(code, { kind: 'slip', slip })
      world.mark(slipId, { kind: 'slip', slip })
      world.mark(fileId, { kind: 'slip', slip })
      slips.push(slip)
    }
  }
  return slips
}

const handover = { from: 'conduct_officer@city', to: 'supervision_officer@city', place: 'city' } as const

/** A handover within the city's organ, of an item whose title is business. */
async function writeHandover(world: FenceWorld): Promise<string> {
  const [row] = await world.database.superuser<{ handover_id: string }>(
    `insert into identity.handover (from_user, to_user, scope, reason, created_by, created_at, digest)
      values ($1, $2, '46.01', '⟦handover:1⟧', $1, now(), repeat('0', 64)) returning handover_id`,
    [world.accounts.userId(handover.from), world.accounts.userId(handover.to)],
  )
  const id = row!.handover_id
  await world.database.superuser(
    `insert into identity.handover_item values ($1, 'alerts', 'alert', '1', '⟦handover_item:1⟧')`,
    [id],
  )
  world.mark('handover:1', { kind: 'handover', handover })
  world.mark(id, { kind: 'handover', handover })
  world.mark('handover_item:1', { kind: 'handover_item', handover })
  return id
}

/** A file that an information officer brings, with a refused row. */
async function bringFile(world: FenceWorld, place: 'province' | 'city'): Promise<string> {
  const header = 'unit_code,unit_name,region_code,valid_from\n'
  const csv = `${header}X1,甲局,460100,2020-01-01\nX2,⟦batch:${place}⟧,000000,不是日期${place}\n`
  const officer = callerNamed(`information_officer@${place}`)
  const batch = await world.house.intake.check(world.accounts.caller(officer), 'unit', {
    name: `⟦batch:${place}⟧.csv`,
    content: Readable.from([Buffer.from(csv)]),
  })
  world.mark(`batch:${place}`, { kind: 'batch', place })
  world.mark(batch.batchId, { kind: 'batch', place })
  return batch.batchId
}

/** Persons of the watch list: P himself, and somebody in every unit. */
export const watchedPlaces: readonly { readonly unit: UnitPlace; readonly person: string }[] = [
  { unit: 'U1', person: 'P' },
  ...units.map((unit) => ({ unit, person: `somebody of ${unit}` })),
]

async function watch(world: FenceWorld): Promise<void> {
  for (const watched of watchedPlaces) {
    const code = `watched:${watched.unit}${watched.person === 'P' ? 'P' : ''}`
    const mark = world.mark(code, { kind: 'watched', ...watched })
    await world.database.superuser(
      `insert into subjects.watch_post (person_key, person_id, person_name, unit_code, post, valid_from, org_path)
        values ($1, '469999197001010011', '某某', $2, $3, '2020-01-01', $4)`,
      [personKey(watched.person), watched.unit, mark, scopeOfPlace[watched.unit]],
    )
    await world.database.superuser(
      `insert into subjects.watch_relative values ($1, $2, '469999197101010011', '某某', '配偶', '2020-01-01', null)`,
      [personKey(watched.person), personKey(`relative ${watched.person}`)],
    )
  }
}

/** One notice and one entry in the log for each person, marks for accounts, tokens and units. */
async function markTheRest(
  world: FenceWorld,
): Promise<Pick<Matters, 'accountIds' | 'holdingIds' | 'tokenIds' | 'noticeIds'>> {
  const { database, accounts } = world
  const accountIds = new Map<string, string>()
  const holdingIds = new Map<string, string>()
  const noticeIds = new Map<string, string>()
  for (const [index, caller] of callers.entries()) {
    if (caller.role === 'nobody') continue
    const { userId, scope } = accounts.caller(caller)
    if (caller.role === 'feed') {
      world.mark(`token:${caller.place}`, { kind: 'token', place: caller.place as 'province' | 'city' })
      continue
    }
    world.mark(`account:${index}`, { kind: 'account', place: caller.place, owner: caller.name })
    const notice = world.mark(`notice:${index}`, { kind: 'own', owner: caller.name })
    const [posted] = await database.superuser<{ notice_id: string }>(
      `insert into notices.notice (user_id, kind, title_zh, title_en, link, posted_at)
        values ($1, 'fence.notice', $2, $2, '/', now()) returning notice_id`,
      [userId, notice],
    )
    noticeIds.set(caller.name, posted!.notice_id)
    accountIds.set(caller.name, userId)
    const [holding] = await database.superuser<{ holding_id: string }>(
      'select holding_id from identity.role_holding where user_id = $1',
      [userId],
    )
    if (holding) {
      holdingIds.set(caller.name, holding.holding_id)
      world.mark(`holding:${index}`, { kind: 'account', place: caller.place, owner: caller.name })
    }
    const entry = world.mark(`audit:${index}`, { kind: 'audit', place: caller.place })
    await database.superuser(
      `insert into audit.entry (actor_id, actor_roles, actor_scope, action, purpose) values ($1, $2, $3, 'fence.mark', $4)`,
      [userId, caller.role, scope, entry],
    )
  }
  for (const unit of units) world.mark(`unit:${unit}`, { kind: 'unit', unit })
  const tokenIds = { province: accounts.userId('feed@province'), city: accounts.userId('feed@city') }
  return { accountIds, holdingIds, tokenIds, noticeIds }
}
