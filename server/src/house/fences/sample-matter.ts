import { personKey } from './accounts.ts'
import { units } from './callers.ts'
import type { FenceSampled } from './oracle.ts'
import type { FenceWorld } from './world.ts'

/** A drawn record with its identifier, and a draw of each pack. */
export interface PlacedSample {
  readonly items: readonly (FenceSampled & { readonly id: string })[]
  readonly drawIds: Readonly<Record<'fiscal' | 'invoices', string>>
}

const seed = '0'.repeat(32)

/**
 * A month's draw of each pack, with a record of each unit that names nobody and one that names P, and as many planted rows.
 * The month lies before any facts: to draw it again gives nothing.
 */
export async function arrangeSamples(world: FenceWorld): Promise<PlacedSample> {
  const { database } = world
  const items: (FenceSampled & { id: string })[] = []
  const drawIds = { fiscal: '', invoices: '' }
  for (const pack of ['fiscal', 'invoices'] as const) {
    const [draw] = await database.superuser<{ draw_id: string }>(
      `insert into alerts.sample_draw (pack, month, seed, size, records, passed_over, cause, drawn_by, drawn_at, org_path)
        values ($1, '2020-01', $2, 50, 0, 0, 'schedule', uuidv7(), '2026-11-24', '46') returning draw_id`,
      [pack, seed],
    )
    drawIds[pack] = draw!.draw_id
    await database.superuser(
      `insert into alerts.sample_size (pack, from_month, size, reason, set_by, set_at)
        values ($1, '2027-01', 40, '人手不足', uuidv7(), now())`,
      [pack],
    )
    let position = 0
    for (const unit of units) {
      for (const names of [undefined, 'P'] as const) {
        position += 1
        const thing: FenceSampled = { pack, unit, ...(names ? { names } : {}) }
        const code = `${pack}.${unit}${names ?? ''}`
        const record = [
          {
            dataset: 'payment',
            title: { zh: '支付', en: 'Payments' },
            columns: [],
            rows: [{ purpose: `⟦sample:${code}⟧` }],
          },
        ]
        const [item] = await database.superuser<{ item_id: string }>(
          `insert into alerts.sample_item (draw_id, position, pack, month, keys, on_date, amount, unit_code, org_path,
            person_keys, record) values ($1, $2, $3, '2020-01', '{}', '2020-01-02', 1, $4, organisation.unit_path($4), $5, $6)
          returning item_id`,
          [draw!.draw_id, position, pack, unit, names ? [personKey(names)] : [], JSON.stringify(record)],
        )
        items.push({ ...thing, id: item!.item_id })
        world.mark(`sample:${code}`, { kind: 'sampled', record: thing })
        await database.superuser(
          `insert into alerts.planted_row (pack, rule, condition, level, anchor, note, unit_code, org_path, person_keys)
            values ($1, $2, 'plain', 'red', $3, $3, $4, organisation.unit_path($4), $5)`,
          [
            pack,
            pack === 'fiscal' ? 'ZF10' : 'R01',
            `⟦planted:${code}⟧`,
            unit,
            names ? [personKey(names)] : [],
          ],
        )
        world.mark(`planted:${code}`, { kind: 'sampled', record: thing })
      }
    }
  }
  return { items, drawIds }
}
