import { systemCaller } from '#ground/database/index.ts'
import { personKey } from './accounts.ts'
import { units } from './callers.ts'
import type { FenceWorld } from './world.ts'

/**
 * A replay that has ended, with a hit of each unit that names nobody and one that names P. Its rule is one that exists no
 * more: to run it again gets as far as that. Returns its identifier.
 */
export async function arrangeReplay(world: FenceWorld): Promise<string> {
  const { database } = world
  const side = JSON.stringify({
    source: { kind: 'live' },
    title: { zh: '现行', en: 'in force' },
    ruleVersion: 'v1',
    parameters: {},
  })
  const [replay] = await database.superuser<{ replay_id: string }>(
    `insert into rules.replay (pack, rule, side_a, side_b, period_from, period_to, state, started_by, requested_at)
      values ('fiscal', 'ZF99', $1, $1, '2026-01-01', '2026-11-20', 'done', $2, now()) returning replay_id`,
    [side, systemCaller.userId],
  )
  let position = 0
  for (const unit of units) {
    for (const names of [undefined, 'P'] as const) {
      position += 1
      const mark = `replay:${unit}${names ?? ''}`
      await database.superuser(
        `insert into rules.replay_hit (replay_id, position, outcome, changed, unit_code, org_path, on_date, level_b,
          amount_b, condition_b, record, message_zh, message_en, person_keys)
        values ($1, $2, 'new', false, $3, organisation.unit_path($3), '2026-11-20', 'red', 1.00, $4, $4, $4, $4, $5)`,
        [replay!.replay_id, position, unit, `⟦${mark}⟧`, names ? [personKey(names)] : []],
      )
      world.mark(mark, { kind: 'trial_hit', unit, ...(names ? { names } : {}) })
    }
  }
  return replay!.replay_id
}
