import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { ensureRootOrgan, saveOrgan } from './organs.store.ts'

const provincialOffices = [
  ['conduct', '党风政风监督室'],
  ['supervision1', '第一监督检查室'],
  ['casemanagement', '案件监督管理室'],
  ['inspectors', '干部监督室'],
  ['information', '信息技术保障室'],
] as const

const cityOffices = [
  ['conduct', '党风政风监督室'],
  ['supervision1', '第一监督检查室'],
] as const

/** The discipline body of the demo province: the provincial organ and one for every city, with their offices. */
export async function createDemoOrgans(trx: Trx): Promise<void> {
  const root = await ensureRootOrgan(trx, '海南省纪委监委（演示）')
  for (const [code, name] of provincialOffices) {
    await office(trx, root.organCode, root.regionCode, code, name)
  }
  const { rows } = await sql<{ region_code: string; name: string }>`
    select region_code, name from organisation.region
    where parent_code = ${root.regionCode} and region_code not like '%9000' order by region_code`.execute(trx)
  for (const city of rows) {
    const organCode = `O${city.region_code.slice(0, 4)}`
    await saveOrgan(trx, {
      organCode,
      name: `${city.name}纪委监委（演示）`,
      parentCode: null,
      regionCode: city.region_code,
      closedOn: null,
    })
    for (const [code, name] of cityOffices) await office(trx, organCode, city.region_code, code, name)
  }
}

function office(trx: Trx, parentCode: string, regionCode: string, code: string, name: string) {
  return saveOrgan(trx, {
    organCode: `${parentCode}_${code}`,
    name,
    parentCode,
    regionCode,
    closedOn: null,
  })
}
