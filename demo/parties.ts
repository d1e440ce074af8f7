import { bankAccount, creditCode, personId } from './identifiers.ts'
import { enterpriseName, personName } from './names.ts'
import type { Party, World } from './world.ts'

const longAgo = '2012-05-08'

/** A person whom no register knows yet, born in the years in which people work. */
export function newPerson(world: World): Party {
  const serial = world.next('person')
  const year = 1962 + (serial % 38)
  const month = String(1 + (Math.floor(serial / 38) % 12)).padStart(2, '0')
  const day = String(1 + (Math.floor(serial / 456) % 28)).padStart(2, '0')
  const id = personId(Math.floor(serial / 12768), `${year}-${month}-${day}`)
  return { name: personName(world.chance), code: id, account: bankAccount(world.next('account')) }
}

export interface EnterpriseTraits {
  readonly name?: string
  readonly region?: string
  readonly scope?: string
  readonly legalRep?: Party
  readonly establishedOn?: string
  readonly state?: 'active' | 'cancelled' | 'revoked' | 'abnormal'
  readonly validFrom?: string
  readonly validTo?: string
  readonly stateSince?: string
  readonly industry?: string
  /** The code of an enterprise that is already registered: another period of the same. */
  readonly code?: string
}

/** A registered enterprise with its legal representative, a shareholder and a registered account. */
export function newEnterprise(world: World, traits: EnterpriseTraits = {}): Party {
  const serial = world.next('enterprise')
  const region = traits.region ?? '460106'
  const code = traits.code ?? creditCode('91', region, serial)
  const name = traits.name ?? enterpriseName(world.chance, serial)
  const legalRep = traits.legalRep ?? newPerson(world)
  const establishedOn = traits.establishedOn ?? longAgo
  const validFrom = traits.validFrom ?? establishedOn
  world.add('enterprise', {
    credit_code: code,
    enterprise_name: name,
    legal_rep_name: legalRep.name,
    legal_rep_id: legalRep.code,
    established_on: establishedOn,
    enterprise_state: traits.state ?? 'active',
    state_since: traits.stateSince ?? establishedOn,
    industry: traits.industry ?? '综合',
    business_scope: traits.scope ?? '办公设备、日用百货销售；技术服务',
    region_code: region,
    valid_from: validFrom,
    valid_to: traits.validTo ?? null,
  })
  const holder = newPerson(world)
  addShareholder(world, code, holder)
  const account = bankAccount(world.next('account'))
  registerAccount(world, account, name, code)
  return { name, code, account }
}

export function addShareholder(world: World, enterprise: string, holder: Party, validFrom = longAgo): void {
  world.add('shareholder', {
    credit_code: enterprise,
    holder_code: holder.code,
    holder_name: holder.name,
    holder_kind: 'person',
    capital: '500000.00',
    ratio: '50.000000',
    valid_from: validFrom,
    valid_to: null,
  })
}

export function registerAccount(world: World, account: string, holder: string, code: string): void {
  world.add('payee_account', {
    account_no: account,
    holder_name: holder,
    holder_code: code,
    bank_name: '海岛银行',
    valid_from: '2010-01-01',
    valid_to: null,
  })
}

/** Puts a person on a unit's payroll. */
export function employ(world: World, person: Party, unit: string, validTo: string | null = null): void {
  world.add('payroll', {
    person_id: person.code,
    person_name: person.name,
    unit_code: unit,
    account_no: person.account,
    post: '科员',
    valid_from: '2018-01-01',
    valid_to: validTo,
  })
}
