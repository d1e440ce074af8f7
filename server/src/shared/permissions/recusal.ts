import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** Two persons who are kin, by their keys (`KeyRing.personKey`), and how, e.g. 配偶. */
export interface KinshipFact {
  readonly personKey: string
  readonly kinKey: string
  readonly relation: string
}

/**
 * Replaces everything that one register says about who is kin of whom. Needs the system's role.
 * @param source the register, e.g. `subjects`; facts of other registers stay
 */
export async function replaceKinship(trx: Trx, source: string, facts: readonly KinshipFact[]): Promise<void> {
  await sql`delete from permissions.kinship where source = ${source}`.execute(trx)
  await sql`insert into permissions.kinship (source, person_key, kin_key, relation)
    select ${source}, "personKey", "kinKey", relation
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f("personKey" text, "kinKey" text, relation text)
    on conflict do nothing`.execute(trx)
}

/** Says which person an account belongs to, or that it is not known. Needs the system's role. */
export async function linkPerson(trx: Trx, userId: string, personKey: string | null): Promise<void> {
  await sql`delete from permissions.person_of_user where user_id = ${userId}`.execute(trx)
  if (personKey === null) return
  await sql`insert into permissions.person_of_user (user_id, person_key) values (${userId}, ${personKey})`.execute(
    trx,
  )
}

/** Whether the account's holder is the person or his kin: then he neither sees nor handles what concerns that person. */
export async function isRecused(trx: Trx, userId: string, personKey: string): Promise<boolean> {
  const { rows } = await sql<{ recused: boolean }>`
    select permissions.is_recused(${userId}, ${personKey}) as recused`.execute(trx)
  return rows[0]!.recused
}
