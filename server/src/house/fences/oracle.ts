/**
 * Who may see what: the design's sentences as a plain table, and the only judge of the no-leak matrix. It must stay
 * independent: no import from the permission table, the packs, the stores or the policies.
 */
import type { FenceCaller, OrganPlace, Person, Place, UnitPlace } from './callers.ts'

/** The tree: what lies in an organ's part. An organ sees its own division and everything below, nothing beside or above. */
const partOf: Readonly<Record<OrganPlace, readonly Place[]>> = {
  province: ['province', 'city', 'district', 'next_city', 'U0', 'U1', 'U2', 'U3', 'U4'],
  city: ['city', 'district', 'U1', 'U2', 'U4'],
  district: ['district', 'U4'],
  next_city: ['next_city', 'U3'],
}

/** Which roles work on a pack's alerts. */
const workOn: Readonly<Record<string, readonly string[]>> = {
  fiscal: ['finance_supervisor', 'supervision_officer', 'deputy', 'principal'],
  invoices: ['conduct_officer', 'supervision_officer', 'deputy', 'principal'],
}
const unitPeople: readonly string[] = ['unit_finance', 'unit_head']

/** Who leads a place: what concerns that person is invisible to everyone who works there. */
const ledBy: Partial<Readonly<Record<Place, Person>>> = { city: 'CH', U1: 'UH' }

/** One thing of the world that somebody may or may not see. */
export type Thing =
  | { readonly kind: 'alert'; readonly alert: FenceAlert }
  | { readonly kind: 'unit_item'; readonly alert: FenceAlert }
  /** Its identifier, which stays in the notice of those who had it before they gave it back. */
  | { readonly kind: 'alert_id'; readonly alert: FenceAlert }
  /** What the office keeps to itself about an alert: undisclosed hits, inner events, the reason of a clue. */
  | { readonly kind: 'office_only'; readonly alert: FenceAlert }
  | { readonly kind: 'slip'; readonly slip: FenceSlip }
  | { readonly kind: 'own'; readonly owner: string }
  | { readonly kind: 'account'; readonly place: Place; readonly owner: string }
  | { readonly kind: 'token'; readonly place: OrganPlace }
  | { readonly kind: 'unit'; readonly unit: UnitPlace }
  | { readonly kind: 'batch'; readonly place: OrganPlace }
  | { readonly kind: 'audit'; readonly place: Place }
  | { readonly kind: 'handover'; readonly handover: FenceHandover }
  | { readonly kind: 'handover_item'; readonly handover: FenceHandover }
  | { readonly kind: 'rule_run' }
  /** A person of the watch list, who works in a unit. */
  | { readonly kind: 'watched'; readonly unit: UnitPlace; readonly person: string }
  | { readonly kind: 'trial_hit'; readonly unit: UnitPlace; readonly names?: Person }
  | { readonly kind: 'request' | 'unit_request'; readonly request: FenceRequest }
  /** What the office keeps to itself about a payment request: undisclosed hits, one side's agreement. */
  | { readonly kind: 'request_inner'; readonly request: FenceRequest }
  /** A record of a random sample, or a row planted in a demo: the office's own. */
  | { readonly kind: 'sampled'; readonly record: FenceSampled }
  /** A draw as such, with its seed and its numbers: it is of the whole province. */
  | { readonly kind: 'sample_draw'; readonly pack: 'fiscal' | 'invoices' }
  | { readonly kind: 'exception'; readonly exception: FenceException }
  | { readonly kind: 'suppressed_hit'; readonly exception: FenceException }
  /** Somebody who holds a post in a place, and that he holds it. */
  | { readonly kind: 'holder'; readonly place: Place }
  | { readonly kind: 'public' }

export interface FenceAlert {
  readonly code: string
  readonly pack: 'fiscal' | 'invoices'
  readonly unit: UnitPlace
  readonly names?: Person
  /** Whether the unit has it: dispatched, and not held back since. */
  readonly withUnit: boolean
  readonly handedOn: boolean
  readonly gaveBack: boolean
}

export interface FenceRequest {
  readonly unit: UnitPlace
  readonly names?: Person
  /** The name of the machine that sent it, where that is a caller. */
  readonly sender?: string
}

export interface FenceSampled {
  readonly pack: 'fiscal' | 'invoices'
  readonly unit: UnitPlace
  readonly names?: Person
}

export interface FenceSlip {
  readonly unit: UnitPlace
  readonly names?: Person
  readonly addressees: readonly string[]
  readonly supervisors: readonly string[]
}

/** What an exception, or a hit that one suppresses, concerns. */
export interface FenceException {
  readonly pack: 'fiscal' | 'invoices'
  readonly unit: UnitPlace
  readonly names?: Person
}

export interface FenceHandover {
  /** Names of callers. */
  readonly from: string
  readonly to: string
  readonly place: OrganPlace
}

const inPart = (caller: FenceCaller, place: Place) =>
  isOrgan(caller.place) ? partOf[caller.place].includes(place) : caller.place === place

function isOrgan(place: Place): place is OrganPlace {
  return place in partOf
}

/** What concerns oneself, one's kin, or the head of the place where one works, one does not see. */
export function concerns(caller: FenceCaller, person: Person | undefined): boolean {
  if (!person) return false
  return caller.person === person || caller.kinOf === person || ledBy[caller.place] === person
}

/** Whether the office, in the person of this caller, has the alert before it. */
function officeHas(caller: FenceCaller, alert: FenceAlert): boolean {
  if (!isOrgan(caller.place) || !inPart(caller, alert.unit) || concerns(caller, alert.names)) return false
  if (caller.role === 'case_manager') return alert.handedOn
  return workOn[alert.pack]!.includes(caller.role)
}

function gaveItBack(caller: FenceCaller, alert: FenceAlert): boolean {
  return alert.gaveBack && officeHas(caller, { ...alert, handedOn: true })
}

function unitHas(caller: FenceCaller, alert: FenceAlert): boolean {
  return (
    unitPeople.includes(caller.role) &&
    caller.place === alert.unit &&
    alert.withUnit &&
    !concerns(caller, alert.names)
  )
}

const leaders: readonly string[] = ['principal', 'deputy', 'unit_head']
const administrators: readonly string[] = ['system_admin', 'security_admin', 'audit_admin']

/** Whoever works on rules, and the offices that judge what they find. */
const ruleReaders: readonly string[] = [
  'rule_editor',
  'rule_approver',
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
]

/** The offices that watch, and those who lead them. */
const watchers: readonly string[] = ['principal', 'deputy', 'conduct_officer', 'supervision_officer']

/** Whoever judges the pack's alerts, and who approves rules, in the own part of the tree. */
function seesException(caller: FenceCaller, { pack, unit, names }: FenceException): boolean {
  const works = workOn[pack]!.includes(caller.role) || caller.role === 'rule_approver'
  return works && isOrgan(caller.place) && inPart(caller, unit) && !concerns(caller, names)
}

/** Who looks at people in posts: those who supervise them, the head of their unit, the administrator who gives the posts. */
const lookAtPosts: readonly string[] = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'inspector_supervisor',
  'unit_head',
  'system_admin',
]

/** The oracle. */
export function sees(caller: FenceCaller, thing: Thing): boolean {
  if (caller.role === 'nobody') return false
  const { role } = caller
  switch (thing.kind) {
    case 'public':
      return role !== 'feed'
    case 'alert':
      return officeHas(caller, thing.alert) || unitHas(caller, thing.alert)
    case 'alert_id':
      return officeHas(caller, thing.alert) || unitHas(caller, thing.alert) || gaveItBack(caller, thing.alert)
    case 'unit_item':
      return unitHas(caller, thing.alert)
    case 'office_only':
      return officeHas(caller, thing.alert)
    case 'slip':
      return seesSlip(caller, thing.slip)
    case 'own':
      return caller.name === thing.owner
    case 'account':
      return (administrators.includes(role) && inPart(caller, thing.place)) || caller.name === thing.owner
    case 'token':
      return administrators.includes(role) && inPart(caller, thing.place)
    case 'unit':
      return role !== 'feed' && inPart(caller, thing.unit)
    case 'holder':
      return lookAtPosts.includes(role) && inPart(caller, thing.place)
    case 'batch':
      return role === 'information_officer' && inPart(caller, thing.place)
    case 'audit':
      return role === 'audit_admin' && inPart(caller, thing.place)
    case 'handover':
      return (
        seesHandover(caller, thing.handover) ||
        (role === 'system_admin' && inPart(caller, thing.handover.place))
      )
    case 'handover_item':
      return seesHandover(caller, thing.handover)
    case 'request':
      return (
        officeHasRequest(caller, thing.request) ||
        unitHasRequest(caller, thing.request) ||
        (role === 'feed' && thing.request.sender === caller.name)
      )
    case 'unit_request':
      return unitHasRequest(caller, thing.request)
    case 'request_inner':
      return officeHasRequest(caller, thing.request)
    case 'sampled':
      return officeWorksOn(caller, thing.record)
    case 'sample_draw':
      return caller.place === 'province' && workOn[thing.pack]!.includes(role)
    case 'rule_run':
      return ruleReaders.includes(role) || role === 'information_officer'
    case 'watched':
      return (
        watchers.includes(role) && inPart(caller, thing.unit) && !concerns(caller, thing.person as Person)
      )
    case 'exception':
    case 'suppressed_hit':
      return seesException(caller, thing.exception)
    case 'trial_hit':
      return ruleReaders.includes(role) && inPart(caller, thing.unit) && !concerns(caller, thing.names)
  }
}

function officeHasRequest(caller: FenceCaller, { unit, names }: FenceRequest): boolean {
  return (
    isOrgan(caller.place) &&
    workOn.fiscal!.includes(caller.role) &&
    inPart(caller, unit) &&
    !concerns(caller, names)
  )
}

function officeWorksOn(caller: FenceCaller, { pack, unit, names }: FenceSampled): boolean {
  return (
    isOrgan(caller.place) &&
    workOn[pack]!.includes(caller.role) &&
    inPart(caller, unit) &&
    !concerns(caller, names)
  )
}

function unitHasRequest(caller: FenceCaller, { unit, names }: FenceRequest): boolean {
  return unitPeople.includes(caller.role) && caller.place === unit && !concerns(caller, names)
}

function seesSlip(caller: FenceCaller, slip: FenceSlip): boolean {
  if (concerns(caller, slip.names)) return false
  if (!isOrgan(caller.place)) return caller.place === slip.unit && slip.addressees.includes(caller.role)
  return inPart(caller, slip.unit) && slip.supervisors.includes(caller.role)
}

function seesHandover(caller: FenceCaller, handover: FenceHandover): boolean {
  const party = caller.name === handover.from || caller.name === handover.to
  return party || (leaders.includes(caller.role) && isOrgan(caller.place) && inPart(caller, handover.place))
}
