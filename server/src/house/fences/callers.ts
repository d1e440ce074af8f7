/**
 * Who asks in the no-leak matrix: every role in every place, and those whom a matter concerns. Written from the design;
 * nothing here is taken from the permission table or from a policy.
 */

/** Where people work. Organs stand in the tree; units are supervised by the organ of their division and those above. */
export const organs = ['province', 'city', 'district', 'next_city'] as const
export type OrganPlace = (typeof organs)[number]

/** Provincial unit, two units of the city, one of the district below it, one of the next city. */
export const units = ['U0', 'U1', 'U2', 'U4', 'U3'] as const
export type UnitPlace = (typeof units)[number]

export type Place = OrganPlace | UnitPlace

/** Persons whom alerts and slips name: P is anybody, CH leads the city's organ, UH leads unit U1. */
export type Person = 'P' | 'CH' | 'UH'

export const officeRoles = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'finance_supervisor',
] as const
const otherRoles = [
  'inspector_supervisor',
  'information_officer',
  'rule_editor',
  'rule_approver',
  'system_admin',
  'security_admin',
  'audit_admin',
] as const
const unitRoles = ['unit_finance', 'unit_head'] as const

export type FenceRole =
  | (typeof officeRoles)[number]
  | (typeof otherRoles)[number]
  | (typeof unitRoles)[number]

export interface FenceCaller {
  readonly name: string
  /** none: an account without any role; feed: a machine's token; nobody: not signed in. */
  readonly role: FenceRole | 'none' | 'feed' | 'nobody'
  readonly place: Place
  /** Who he is, or whose kin, of the persons named in matters. */
  readonly person?: Person
  readonly kinOf?: Person
}

const inOrgans: readonly FenceCaller[] = organs.flatMap((place) =>
  [...officeRoles, ...otherRoles].map((role) => ({
    name: `${role}@${place}`,
    role,
    place,
    ...(role === 'principal' && place === 'city' ? { person: 'CH' as const } : {}),
  })),
)
const concerned: readonly FenceCaller[] = (['province', 'city'] as const).flatMap((place) =>
  officeRoles.flatMap((role) => [
    // A principal who is P would make P the head of the place, which is another relation.
    ...(role === 'principal' ? [] : [{ name: `${role}@${place}, named`, role, place, person: 'P' as const }]),
    { name: `${role}@${place}, kin`, role, place, kinOf: 'P' as const },
  ]),
)
const inUnits: readonly FenceCaller[] = [
  ...units.flatMap((place) =>
    unitRoles.map((role) => ({
      name: `${role}@${place}`,
      role,
      place,
      ...(role === 'unit_head' && place === 'U1' ? { person: 'UH' as const } : {}),
    })),
  ),
  { name: 'unit_finance@U1, named', role: 'unit_finance', place: 'U1', person: 'P' },
  { name: 'unit_finance@U1, kin', role: 'unit_finance', place: 'U1', kinOf: 'P' },
  { name: 'unit_finance@U2, kin', role: 'unit_finance', place: 'U2', kinOf: 'P' },
]
const outside: readonly FenceCaller[] = [
  { name: 'no role@province', role: 'none', place: 'province' },
  { name: 'feed@province', role: 'feed', place: 'province' },
  { name: 'feed@city', role: 'feed', place: 'city' },
  { name: 'nobody', role: 'nobody', place: 'province' },
]

export const callers: readonly FenceCaller[] = [...inOrgans, ...concerned, ...inUnits, ...outside]
