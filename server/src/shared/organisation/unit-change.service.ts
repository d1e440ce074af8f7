import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Caller, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { unitChangeSchema } from './organisation.schema.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { endHoldingsOf, movePosts } from './posts.store.ts'
import { type DecidedChange, decideUnitChange, type UnitAsItIs } from './unit-change.rules.ts'
import type { UnitRow } from './unit-row.schema.ts'
import { noSuchUnit } from './units.service.ts'

const codeTaken = defineError(
  'organisation.unit_code_taken',
  409,
  '单位编码已被使用。',
  'The unit code is in use.',
)

type Wanted = z.infer<typeof unitChangeSchema>

/**
 * Renames, recodes, moves, merges or closes a unit from a day on. The register of units in the warehouse is what rules
 * join and what the tree follows, so the change goes there, as records do that come through the interface; where the
 * register refuses it, nothing of the change stays.
 */
export async function changeUnit(
  deps: OrganisationDeps,
  caller: Caller,
  unitCode: string,
  wanted: Wanted,
): Promise<void> {
  await deps.database.asCaller(caller, async (trx) => {
    // One change of units at a time: two could each be right alone and make a ring together.
    await sql`select pg_advisory_xact_lock(hashtext('organisation.unit_change'))`.execute(trx)
    const { change, effectiveOn } = wanted
    const unit = await unitAsItIs(trx, unitCode, otherOf(change))
    if (change.kind === 'recode' && (await isCodeInUse(trx, change.unitCode))) throw codeTaken()
    const now = deps.clock.now()
    const decided = decideUnitChange(unit, change, effectiveOn, shanghaiDate(now))
    const changeId = randomUUID()
    await insertChange(trx, { changeId, unitCode, decided, wanted, caller, now })
    const holdingsEnded =
      change.kind === 'merge' || change.kind === 'close'
        ? await endHoldingsOf(trx, unitCode, decided.rows[0]!.valid_to!, caller.userId, now)
        : 0
    await recordAudit(trx, {
      action: `organisation.${change.kind}_unit`,
      object: { kind: 'unit', id: unitCode },
      unitCode,
      purpose: wanted.reason,
      detail: { effectiveOn, was: decided.was, became: decided.became, holdingsEnded },
    })
    await deps.unitRegister(decided.rows, changeId)
    if (change.kind === 'recode') {
      await movePosts(trx, unitCode, change.unitCode)
      await deps.onUnitRecoded(trx, unitCode, change.unitCode)
    }
  })
}

function otherOf(change: Wanted['change']): string | undefined {
  if (change.kind === 'merge') return change.successorCode
  return change.kind === 'move' ? (change.parentCode ?? undefined) : undefined
}

async function unitAsItIs(trx: Trx, unitCode: string, other: string | undefined): Promise<UnitAsItIs> {
  const version = await lastVersion(trx, unitCode)
  if (!version) throw noSuchUnit()
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from organisation.v_unit
    where parent_code = ${unitCode} and valid_to is null`.execute(trx)
  const above = other
    ? await sql<{ unit_code: string }>`with recursive above as (
        select unit_code, parent_code from organisation.v_unit where unit_code = ${other}
        union select u.unit_code, u.parent_code from organisation.v_unit u join above a on u.unit_code = a.parent_code)
      select unit_code from above`.execute(trx)
    : undefined
  return {
    version,
    openChildren: rows[0]!.count,
    other: other ? await lastVersion(trx, other) : undefined,
    aboveOther: above?.rows.map((row) => row.unit_code) ?? [],
  }
}

async function lastVersion(trx: Trx, unitCode: string): Promise<UnitRow | undefined> {
  const { rows } = await sql<UnitRow>`
    select unit_code, unit_name, credit_code, region_code, parent_code, kind, successor_code, valid_from, valid_to
    from organisation.v_unit where unit_code = ${unitCode}`.execute(trx)
  return rows[0]
}

async function isCodeInUse(trx: Trx, code: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select organisation.code_in_use(${code}) as used`.execute(trx)
  return rows[0]!.used
}

async function insertChange(
  trx: Trx,
  change: {
    readonly changeId: string
    readonly unitCode: string
    readonly decided: DecidedChange
    readonly wanted: Wanted
    readonly caller: Caller
    readonly now: Date
  },
): Promise<void> {
  const { changeId, unitCode, decided, wanted, caller, now } = change
  await sql`insert into organisation.unit_change (change_id, unit_code, kind, effective_on, was, became, document_no,
      reason, made_by, made_at)
    values (${changeId}, ${unitCode}, ${wanted.change.kind}, ${wanted.effectiveOn}, ${decided.was}, ${decided.became},
      ${wanted.documentNo ?? null}, ${wanted.reason}, ${caller.userId}, ${now})`.execute(trx)
}
