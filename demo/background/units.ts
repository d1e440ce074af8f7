import { bankAccount, creditCode } from '../identifiers.ts'
import { employ, newPerson, registerAccount } from '../parties.ts'
import type { DemoUnit, World } from '../world.ts'

const provincial = [
  '发展和改革',
  '教育',
  '科学技术',
  '工业和信息化',
  '民政',
  '财政',
  '人力资源和社会保障',
  '自然资源',
  '生态环境',
  '住房和城乡建设',
  '交通运输',
  '水务',
  '农业农村',
  '商务',
  '旅游文化',
  '卫生健康',
  '退役军人事务',
  '应急管理',
  '审计',
  '市场监督管理',
  '体育',
  '统计',
  '医疗保障',
  '林业',
  '信访',
  '机关事务管理',
  '档案',
  '粮食和物资储备',
]
const local = ['教育', '财政', '农业农村', '民政', '水务', '卫生健康', '住房和城乡建设', '自然资源和规划']
const below = ['信息中心', '服务中心', '执法支队', '监测站', '培训中心']

/** Real divisions whose units are invented, the larger first. Sansha is left out: it has no such offices. */
const regions: readonly (readonly [string, string])[] = [
  ['460100', '海口市'],
  ['460200', '三亚市'],
  ['460400', '儋州市'],
  ['460105', '秀英区'],
  ['460106', '龙华区'],
  ['460107', '琼山区'],
  ['460108', '美兰区'],
  ['469001', '五指山市'],
  ['469002', '琼海市'],
  ['469005', '文昌市'],
  ['469006', '万宁市'],
  ['469007', '东方市'],
  ['469021', '定安县'],
  ['469022', '屯昌县'],
  ['469023', '澄迈县'],
  ['469024', '临高县'],
  ['469025', '白沙县'],
  ['469026', '昌江县'],
  ['469027', '乐东县'],
  ['469028', '陵水县'],
  ['469029', '保亭县'],
  ['469030', '琼中县'],
]
/** Prefecture-level cities have every local office, the others the first few. */
const cities = 3
const officesOfCounty = 3

const unitCount = 137

/** 137 units: provincial departments with units below them, and offices of cities and counties. */
export function addUnits(world: World): void {
  const wanted: (readonly [string, string, string | null])[] = []
  provincial.forEach((field, index) => {
    wanted.push([`琼岛省示范${field}厅`, '460000', null])
    if (index % 2 === 0)
      wanted.push([`琼岛省示范${field}${below[index % below.length]}`, '460000', `琼岛省示范${field}厅`])
  })
  regions.forEach(([region, name], place) => {
    const offices = place < cities ? local : local.slice(0, officesOfCounty)
    for (const field of offices) wanted.push([`${name}示范${field}局`, region, null])
  })
  for (const [region, name] of regions) wanted.push([`${name}示范林业站`, region, `${name}示范农业农村局`])
  for (const [name, region, parent] of wanted.slice(0, unitCount)) addUnit(world, name, region, parent)
}

function addUnit(world: World, name: string, region: string, parentName: string | null): void {
  const serial = world.next('unit')
  const unit: DemoUnit = {
    code: String(1000 + serial).padStart(6, '0'),
    name,
    creditCode: creditCode(parentName ? '12' : '11', region, 900_000 + serial),
    region,
    parent: world.units.find((other) => other.name === parentName)?.code ?? null,
    zeroAccount: bankAccount(world.next('account')),
    basicAccount: bankAccount(world.next('account')),
  }
  world.units.push(unit)
  addHistory(world, unit, serial)
  addAccounts(world, unit)
  for (let person = 0; person < 44; person += 1) employ(world, newPerson(world), unit.code)
}

/** Some units had another name before 2024; a unit of the past was merged into its successor. */
function addHistory(world: World, unit: DemoUnit, serial: number): void {
  const row = {
    unit_code: unit.code,
    credit_code: unit.creditCode,
    region_code: unit.region,
    parent_code: unit.parent,
    kind: unit.parent ? 'institution' : 'organ',
    successor_code: null,
  }
  const renamed = serial % 23 === 0
  if (renamed) {
    world.add('unit', {
      ...row,
      unit_name: `${unit.name}（筹）`,
      valid_from: '2015-01-01',
      valid_to: '2023-12-31',
    })
  }
  world.add('unit', {
    ...row,
    unit_name: unit.name,
    valid_from: renamed ? '2024-01-01' : '2015-01-01',
    valid_to: null,
  })
  if (serial % 40 === 0) {
    world.add('unit', {
      ...row,
      unit_code: `9${unit.code.slice(1)}`,
      unit_name: `${unit.name}原分局`,
      credit_code: creditCode('12', unit.region, 950_000 + serial),
      successor_code: unit.code,
      valid_from: '2015-01-01',
      valid_to: '2022-06-30',
    })
  }
}

function addAccounts(world: World, unit: DemoUnit): void {
  const account = (number: string, kind: string, whitelisted = false) =>
    world.add('unit_account', {
      account_no: number,
      unit_code: unit.code,
      account_name: unit.name,
      bank_name: '海岛银行',
      account_kind: kind,
      credit_code: unit.creditCode,
      whitelisted,
      whitelist_reason: whitelisted ? '代扣社保公积金' : null,
      approval_no: whitelisted ? `琼财库〔2020〕${unit.code}号` : null,
      valid_from: '2015-01-01',
      valid_to: null,
    })
  account(unit.zeroAccount, 'zero_balance')
  account(unit.basicAccount, 'real_fund')
  account(bankAccount(world.next('account')), 'union')
  registerAccount(world, unit.basicAccount, unit.name, unit.creditCode)
}
