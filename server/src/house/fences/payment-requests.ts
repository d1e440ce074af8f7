import { personKey, scopeOfPlace } from './accounts.ts'
import { units } from './callers.ts'
import type { FenceRequest } from './oracle.ts'
import type { FenceWorld } from './world.ts'

export interface PlacedRequest extends FenceRequest {
  readonly id: string
}

/** Payment requests of every unit, and some that name somebody; each with a hit that only the office may know. */
const plans: readonly FenceRequest[] = [
  ...units.map((unit) => ({ unit })),
  ...(['U1', 'U3'] as const).flatMap((unit) => [
    { unit, names: 'P' as const },
    { unit, names: 'CH' as const },
  ]),
  { unit: 'U1', names: 'UH' },
  { unit: 'U1', sender: 'feed@city' },
]

export async function placeRequests(world: FenceWorld): Promise<readonly PlacedRequest[]> {
  const placed: PlacedRequest[] = []
  for (const [at, plan] of plans.entries()) {
    const keys = plan.names ? [personKey(plan.names)] : []
    const [row] = await world.database.superuser<{ request_key: string }>(
      `insert into fiscal.payment_request (request_no, sender, idempotency_key, body_hash, unit_code, org_path, requested_at,
        pay_on, amount, purpose, content, level, unit_level, decision, state, person_keys, judged_as_of, milliseconds, answer)
      values ($1, coalesce($6, gen_random_uuid()), $1, 'h', $2, $3, now(), current_date, 1, $4, '{}', 'red', null, 'hold', 'passed', $5,
        current_date, 1, '{}') returning request_key`,
      [
        `Q${at}`,
        plan.unit,
        scopeOfPlace[plan.unit],
        `⟦request:Q${at}⟧`,
        keys,
        plan.sender ? world.accounts.userId(plan.sender) : null,
      ],
    )
    const id = row!.request_key
    await world.database.superuser(
      `insert into fiscal.request_hit (request_key, place, rule, rule_version, configuration, parameters, level, condition,
        amount, keys, message_zh, message_en, evidence, undisclosed)
      values ($1, 1, 'ZF18', 'v1', 0, '{}', 'red', 'related', 1, '{}', $2, $2, '{}', true)`,
      [id, `⟦request_inner:Q${at}⟧`],
    )
    await world.database.superuser(
      `insert into fiscal.request_event (request_key, at, actor_id, side, kind, reason, to_unit)
      values ($1, now(), gen_random_uuid(), 'finance', 'approved_release', $2, false)`,
      [id, `⟦request_inner:Q${at}.event⟧`],
    )
    const request = { ...plan, id }
    world.mark(`request:Q${at}`, { kind: 'request', request })
    world.mark(`request_inner:Q${at}`, { kind: 'request_inner', request })
    world.mark(`request_inner:Q${at}.event`, { kind: 'request_inner', request })
    world.mark(id, { kind: 'request', request })
    placed.push(request)
  }
  return placed
}
