import { inSession } from '#ground/warehouse/index.ts'
import { createDemoPosts, type DemoPostHolder } from '#shared/organisation/index.ts'
import type { House } from './house.ts'

interface PaidPerson {
  readonly number: string
  readonly name: string
  readonly unitCode: string
}

/** Posts of every unit, in the order in which its payroll fills them. */
const titles = ['主要负责人', '分管负责人', '分管负责人', '办公室主任', '财务负责人', '纪检委员']
const [head, deputy] = [titles[0]!, titles[1]!]
const [entered, promoted] = ['2018-01-01', '2023-03-01']

/**
 * The units of the demo are led by people of their payroll. Whoever leads one since 2023 was a deputy in the unit before
 * it on the list until then, so that people have posts over time and posts have former holders.
 */
export async function giveDemoPosts(house: House): Promise<void> {
  const paid = (await inSession(house.warehouse.open, (session) =>
    session.rows(`select person_id as "number", person_name as "name", unit_code as "unitCode" from (
        select *, row_number() over (partition by unit_code order by person_id) as place from payroll) p
      where place <= cast(${titles.length} as integer) order by unit_code, place`),
  )) as unknown as readonly PaidPerson[]
  const byUnit = Map.groupBy(paid, ({ unitCode }) => unitCode)
  const units = [...byUnit.keys()]
  const holders = units.flatMap((unitCode, index) =>
    byUnit.get(unitCode)!.flatMap((person, place): DemoPostHolder[] => {
      const title = titles[place]!
      const before = units[index - 1]
      if (title !== head || !before) return [{ ...person, title, validFrom: entered, validTo: null }]
      return [
        { ...person, title: deputy, unitCode: before, validFrom: entered, validTo: '2023-02-28' },
        { ...person, title: head, validFrom: promoted, validTo: null },
      ]
    }),
  )
  await createDemoPosts(house.organisation, holders)
}
