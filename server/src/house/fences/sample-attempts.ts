import type { FenceCaller } from './callers.ts'
import type { Matters } from './matters.ts'
import { sees } from './oracle.ts'

/** As `Attempt` of attempts.ts, which gathers these. */
interface SampleAttempt {
  readonly name: string
  readonly of: string
  readonly sql: string
  readonly values?: readonly unknown[]
  readonly by: (caller: FenceCaller) => boolean
  readonly product?: boolean
}

const officers: readonly string[] = ['conduct_officer', 'supervision_officer', 'finance_supervisor']
const noOne = () => false
const other = `'00000000-0000-7000-8000-00000000000f'::uuid`

const item = (
  more: string,
  values: string,
) => `insert into alerts.sample_item (draw_id, position, pack, month, keys,
  on_date, amount, org_path, person_keys, record${more})
  select draw_id, 999, pack, month, '{}', '2020-01-02', 1, '46.01', '{}', '[]'${values}
  from (values ($1::uuid, 'fiscal', '2020-01')) as d(draw_id, pack, month)`

const size = (
  pack: string,
  more = '',
  values = '',
) => `insert into alerts.sample_size (pack, from_month, size, reason, set_at${more})
  values ('${pack}', '2027-02', 30, '人手不足', now()${values})`

/** What is tried at samples and planted rows: only the product draws, only officers judge, only leaders decide sizes. */
export function sampleAttempts({ samples }: Matters): readonly SampleAttempt[] {
  const judged = samples.items.map(
    (record): SampleAttempt => ({
      name: `judge a drawn record of ${record.pack} ${record.unit}${record.names ?? ''}`,
      of: 'alerts.sample_item',
      sql: `update alerts.sample_item set outcome = 'no_finding', judged_by = app.user_id(), judged_at = now()
      where item_id = $1`,
      values: [record.id],
      by: (caller) => officers.includes(caller.role) && sees(caller, { kind: 'sampled', record }),
      product: false,
    }),
  )
  const leads = (pack: 'fiscal' | 'invoices') => (caller: FenceCaller) =>
    ['principal', 'deputy'].includes(caller.role) && sees(caller, { kind: 'sample_draw', pack })
  return [
    ...judged,
    {
      name: 'judge a drawn record in another’s name',
      of: 'alerts.sample_item',
      sql: `update alerts.sample_item set outcome = 'no_finding', judged_by = ${other}, judged_at = now()
        where item_id = $1`,
      values: [samples.items[0]!.id],
      by: noOne,
      product: false,
    },
    {
      name: 'add to a draw',
      of: 'alerts.sample_item',
      sql: item('', ''),
      values: [samples.drawIds.fiscal],
      by: noOne,
    },
    {
      name: 'add to a draw what is judged',
      of: 'alerts.sample_item',
      sql: item(', outcome, judged_by, judged_at', `, 'no_finding', app.user_id(), now()`),
      values: [samples.drawIds.fiscal],
      by: noOne,
      product: false,
    },
    {
      name: 'draw a month',
      of: 'alerts.sample_draw',
      sql: `insert into alerts.sample_draw (pack, month, seed, size, records, passed_over, cause, drawn_at, org_path)
        values ('fiscal', '2020-02', repeat('0', 32), 1, 0, 0, 'demand', now(), app.scope())`,
      by: noOne,
    },
    {
      name: 'plant a row',
      of: 'alerts.planted_row',
      sql: `insert into alerts.planted_row (pack, rule, condition, level, anchor, note, org_path, person_keys)
        values ('fiscal', 'ZF99', 'x', 'red', 'x', 'x', app.scope(), '{}')`,
      by: noOne,
    },
    {
      name: 'decide the size of the fiscal samples',
      of: 'alerts.sample_size',
      sql: size('fiscal'),
      by: leads('fiscal'),
      product: false,
    },
    {
      name: 'decide the size of the invoice samples',
      of: 'alerts.sample_size',
      sql: size('invoices'),
      by: leads('invoices'),
      product: false,
    },
    {
      name: 'decide a size in another’s name',
      of: 'alerts.sample_size',
      sql: size('fiscal', ', set_by', `, ${other}`),
      by: noOne,
      product: false,
    },
  ]
}
