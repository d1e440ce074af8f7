import { createHash } from 'node:crypto'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { linkPerson, replaceKinship } from '#shared/permissions/index.ts'
import type { FenceCaller } from './callers.ts'
import type { FenceDatabase } from './fence-database.ts'

export interface Accounts {
  /** The headers with which somebody asks: the cookie of his session, or his machine's token. */
  credentials(caller: FenceCaller): Readonly<Record<string, string>>
  /** The caller as the stores know him. */
  caller(caller: FenceCaller): Caller
  userId(name: string): string
}

export const scopeOfPlace: Readonly<Record<string, string>> = {
  province: '46',
  city: '46.01',
  district: '46.01.05',
  next_city: '46.02',
  U0: '46.UU0',
  U1: '46.01.UU1',
  U2: '46.01.UU2',
  U3: '46.02.UU3',
  U4: '46.01.05.UU4',
}

export const organOfPlace: Readonly<Record<string, string>> = {
  province: 'O46',
  city: 'O4601',
  district: 'O460105',
  next_city: 'O4602',
}

/** The keyed hash by which the stores know a person of the world. */
export const personKey = (person: string) => createHash('sha256').update(`fence ${person}`).digest('hex')

const tokenOf = (name: string) => `fence-${Buffer.from(name).toString('hex')}`.slice(0, 100)
const hashed = (name: string) => createHash('sha256').update(tokenOf(name)).digest()

/** The mark of an account's staff number, which only administrators see. */
export const accountMark = (everyone: readonly FenceCaller[], caller: FenceCaller) =>
  `account:${everyone.indexOf(caller)}`

/** An account with its role and an open session for everyone in the table; persons and their kin are linked. */
export async function createAccounts(
  database: FenceDatabase,
  now: Date,
  everyone: readonly FenceCaller[],
): Promise<Accounts> {
  const ids = new Map<string, string>()
  for (const caller of everyone) {
    if (caller.role === 'nobody') continue
    const id =
      caller.role === 'feed'
        ? await insertToken(database, now, caller)
        : await insertPerson(database, now, caller, accountMark(everyone, caller))
    ids.set(caller.name, id)
  }
  await linkPersons(database, everyone, ids)
  return {
    credentials: ({ role, name }): Record<string, string> => {
      if (role === 'nobody') return {}
      return role === 'feed'
        ? { authorization: `Bearer ${tokenOf(name)}` }
        : { cookie: `qingfeng=${tokenOf(name)}` }
    },
    caller: ({ name, role, place }) => ({
      userId: ids.get(name)!,
      scope: scopeOfPlace[place]!,
      roles: role === 'none' ? [] : [role],
    }),
    userId: (name) => ids.get(name)!,
  }
}

async function insertPerson(
  database: FenceDatabase,
  now: Date,
  caller: FenceCaller,
  mark: string,
): Promise<string> {
  const organ = organOfPlace[caller.place] ?? null
  const [account] = await database.superuser<{ user_id: string }>(
    `insert into identity.account (username, display_name, staff_no, organ_code, unit_code, scope, created_at, created_by,
      state_changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $7) returning user_id`,
    [
      mark.replace(':', ''),
      `人员${mark}`,
      `⟦${mark}⟧`,
      organ,
      organ ? null : caller.place,
      scopeOfPlace[caller.place],
      now,
      systemCaller.userId,
    ],
  )
  const userId = account!.user_id
  if (caller.role !== 'none') {
    await database.superuser(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by,
        decided_at) values ($1, $2, 'active', $3, $4, $3, $5, $4, $3)`,
      [userId, caller.role, now, systemCaller.userId, `⟦${mark.replace('account', 'holding')}⟧`],
    )
  }
  await database.superuser(
    'insert into identity.credential (user_id, must_change_password) values ($1, false)',
    [userId],
  )
  await database.superuser(
    `insert into identity.session (token_hash, user_id, stage, started_at, last_seen_at, absolute_end)
      values ($1, $2, 'full', $3, $3, $3::timestamptz + interval '12 hours')`,
    [hashed(caller.name), userId, now],
  )
  return userId
}

async function insertToken(database: FenceDatabase, now: Date, caller: FenceCaller): Promise<string> {
  const [token] = await database.superuser<{ token_id: string }>(
    `insert into identity.api_token (name, token_hash, scope, datasets, expires_at, state, requested_by, requested_at,
      decided_by, decided_at, last_used_at)
      values ($1, $2, $3, '{invoice,payment}', $4::timestamptz + interval '90 days', 'active', $5, $4, $6, $4, $4)
      returning token_id`,
    [
      `⟦token:${caller.place}⟧`,
      hashed(caller.name),
      scopeOfPlace[caller.place],
      now,
      systemCaller.userId,
      '00000000-0000-7000-8000-000000000001',
    ],
  )
  return token!.token_id
}

/** Who is which person, and kin stated in turn in one direction and in the other. */
async function linkPersons(
  database: FenceDatabase,
  everyone: readonly FenceCaller[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const kinOf = everyone.filter((caller) => caller.kinOf)
  await database.asCaller(systemCaller, async (trx) => {
    for (const caller of everyone) {
      const person = caller.person ?? (caller.kinOf && `kin ${caller.name}`)
      if (person) await linkPerson(trx, ids.get(caller.name)!, personKey(person))
    }
    await replaceKinship(
      trx,
      'subjects',
      kinOf.map((caller, index) => {
        const [kin, person] = [personKey(`kin ${caller.name}`), personKey(caller.kinOf!)]
        return index % 2 === 0
          ? { personKey: person, kinKey: kin, relation: '配偶' }
          : { personKey: kin, kinKey: person, relation: '子女' }
      }),
    )
  })
}
