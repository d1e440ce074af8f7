import { addDays } from '../calendar.ts'
import { creditCode } from '../identifiers.ts'
import { asSeller, type Book, newSeller, type Seller } from '../invoicing/book.ts'
import { addShareholder, newEnterprise, newPerson } from '../parties.ts'
import type { DemoUnit, Party, World } from '../world.ts'
import { oddFen, plain, sell, sellInVain, someQuietDay } from './invoicing.ts'
import { someUnit, times } from './planting.ts'

/** Every plant about who sells: watched persons behind it (R07), unusual sellers (R08), scenic cities (R10). */
export function plantSellers(book: Book): void {
  plantWatched(book)
  plantUnusual(book)
  plantScenic(book)
}

const posts = ['厅长', '副局长', '处长', '副处长', '主任'] as const

function watch(world: World, person: Party, unit: DemoUnit, validTo: string | null = null): void {
  world.add('watch_person', {
    person_id: person.code,
    person_name: person.name,
    unit_code: unit.code,
    post: world.chance.pick(posts),
    rank: '县处级正职',
    valid_from: '2020-01-01',
    valid_to: validTo,
  })
}

function relate(
  world: World,
  official: Party,
  kin: Party,
  relation: string,
  validTo: string | null = null,
): void {
  world.add('watch_relative', {
    person_id: official.code,
    relative_id: kin.code,
    relative_name: kin.name,
    relation,
    valid_from: '2020-01-01',
    valid_to: validTo,
  })
}

function plantWatched(book: Book): void {
  const { world } = book
  /** An invoice of an enterprise behind which the person stands, as legal representative or as shareholder. */
  const sellerOf = (person: Party, asHolder: boolean, from?: string): Seller => {
    if (!asHolder) return newSeller(world, { legalRep: person })
    const seller = newSeller(world)
    addShareholder(world, seller.code!, person, from)
    return seller
  }
  times(4, (turn) => {
    const unit = someUnit(world)
    const official = newPerson(world)
    watch(world, official, unit)
    const own = sell(book, { unit, seller: sellerOf(official, turn % 2 === 1) })
    world.violation('R07', 'official', 'red', own.keys, '监督名单人员任法定代表人或持股')
    const kin = newPerson(world)
    relate(world, official, kin, (['spouse', 'child', 'sibling', 'in_law'] as const)[turn]!)
    const near = sell(book, { seller: sellerOf(kin, turn % 2 === 0) })
    world.violation('R07', 'relative', 'red', near.keys, '近亲属任法定代表人或持股')
    const themselves = [official, kin][turn % 2]!
    const privately = sell(book, { seller: asPerson(themselves, turn < 2 ? '' : '01') })
    const standing = turn % 2 === 0 ? 'official' : 'relative'
    world.violation('R07', standing, 'red', privately.keys, '销售方本人为监督名单人员或近亲属')
    const stranger = sell(book, { seller: asPerson(newPerson(world), turn < 2 ? '' : '01') })
    world.nearMiss('R07', standing, stranger.keys, '销售方为自然人，不在名单')
  })
  times(3, (turn) => {
    const day = someQuietDay(world)
    const left = newPerson(world)
    watch(world, left, someUnit(world), turn === 0 ? addDays(day, -1) : null)
    const former =
      turn === 1
        ? formerRep(world, left, day)
        : sellerOf(left, true, turn === 2 ? addDays(day, 1) : undefined)
    const late = sell(book, { on: day, seller: former })
    world.nearMiss('R07', 'official', late.keys, '名单前一日失效、前一日已卸任或次日才入股')
    const official = newPerson(world)
    watch(world, official, someUnit(world))
    const kin = newPerson(world)
    relate(world, official, kin, 'spouse', turn === 0 ? addDays(day, -1) : null)
    const seller =
      turn === 1 ? formerRep(world, kin, day) : sellerOf(turn === 2 ? newPerson(world) : kin, false)
    const apart = sell(book, { on: day, seller })
    world.nearMiss('R07', 'relative', apart.keys, '关系前一日终止、前一日已卸任或并非亲属')
  })
  times(2, (turn) => {
    const official = newPerson(world)
    watch(world, official, someUnit(world))
    const taken = sellInVain(book, { seller: sellerOf(official, false) }, turn)
    world.nearMiss('R07', 'official', taken.keys, '已作废或全额红冲')
  })
}

/** A person who sells under the citizen number, a sole trader with two digits behind it. */
function asPerson(person: Party, suffix: string): Seller {
  return { name: person.name, code: `${person.code}${suffix}`, region: '460106' }
}

/** An enterprise that the person left the day before. */
function formerRep(world: World, person: Party, day: string): Seller {
  const party = newEnterprise(world, { legalRep: person, validTo: addDays(day, -1) })
  newEnterprise(world, { code: party.code, name: party.name, validFrom: day })
  return asSeller(party, '460106')
}

function plantUnusual(book: Book): void {
  const { world } = book
  const states = ['cancelled', 'revoked', 'cancelled', 'revoked'] as const
  times(4, (turn) => {
    const day = someQuietDay(world)
    const gone = newSeller(world, { state: states[turn]!, stateSince: addDays(day, -turn * 20) })
    world.violation('R08', 'closed', 'red', sell(book, { on: day, seller: gone }).keys, '销售方已注销或吊销')
    const later = newSeller(world, { state: states[turn]!, stateSince: addDays(day, 1 + turn) })
    world.nearMiss('R08', 'closed', sell(book, { on: day, seller: later }).keys, '开票之后才注销或吊销')
    const listed = newSeller(world, { state: 'abnormal', stateSince: addDays(day, -turn) })
    world.violation('R08', 'abnormal', 'yellow', sell(book, { on: day, seller: listed }).keys, '列入经营异常')
    const removed = newEnterprise(world, { state: 'abnormal', validTo: addDays(day, -1) })
    newEnterprise(world, { code: removed.code, name: removed.name, validFrom: day })
    const cleared = sell(book, { on: day, seller: asSeller(removed, '460106') })
    world.nearMiss('R08', 'abnormal', cleared.keys, '前一日已移出经营异常')
    const young = newSeller(world, { establishedOn: addDays(day, -[0, 30, 88, 89][turn]!) })
    world.violation(
      'R08',
      'newly_founded',
      'yellow',
      sell(book, { on: day, seller: young }).keys,
      '成立不足九十日',
    )
    const grown = newSeller(world, { establishedOn: addDays(day, -90 - turn) })
    world.nearMiss('R08', 'newly_founded', sell(book, { on: day, seller: grown }).keys, '成立满九十日')
    plantVenue(book, day, turn)
    plantScope(book, turn)
  })
}

function plantVenue(book: Book, day: string, turn: number): void {
  const { world } = book
  const kinds = ['私人会所', '高尔夫球场', '高档餐饮', '夜总会'] as const
  const list = (name: string, code: string | null, validTo: string | null = null) =>
    world.add('venue', {
      venue_name: name,
      credit_code: code,
      venue_kind: kinds[turn]!,
      region_code: '460106',
      valid_from: '2020-01-01',
      valid_to: validTo,
    })
  const lounge = newSeller(world)
  list(turn === 2 ? lounge.name.replace('有限', ' 有限') : lounge.name, turn === 2 ? null : lounge.code)
  world.violation('R08', 'venue', 'yellow', sell(book, { on: day, seller: lounge }).keys, '在高消费场所名单')
  const other = newSeller(world)
  if (turn < 2) list(other.name, other.code, addDays(day, -1))
  else list(other.name, creditCode('91', '460106', 8_000_000 + turn))
  world.nearMiss(
    'R08',
    'venue',
    sell(book, { on: day, seller: other }).keys,
    '名单前一日失效，或同名而代码不同',
  )
}

/** What is sold and the words of the scope that allow it. */
const scopes = [
  ['*印刷服务*文件印制', '图文设计制作'],
  ['*建筑服务*围墙修缮', '房屋装修施工'],
  ['*医疗服务*体检费', '健康体检门诊'],
  ['*车辆租赁*拖拉机具租用', '农机租赁'],
] as const

function plantScope(book: Book, turn: number): void {
  const { world } = book
  const [item, words] = scopes[turn]!
  const fen = oddFen(world, 300, 900)
  const hire = turn === 3
  const outside = sell(book, {
    lines: [{ item, fen }],
    seller: newSeller(world, { scope: '建材、五金批发' }),
  })
  world.violation('R08', 'scope_mismatch', 'yellow', outside.keys, '经营范围不含所售品类')
  const within = sell(book, { lines: [{ item, fen }], seller: newSeller(world, { scope: words }) })
  world.nearMiss('R08', 'scope_mismatch', within.keys, '经营范围含所售品类')
  if (!hire) return
  // The class of hired vehicles is a word of its own.
  world.violation('R01', 'suspicious', 'yellow', outside.keys, '车辆租赁')
  world.violation('R01', 'suspicious', 'yellow', within.keys, '车辆租赁')
}

function plantScenic(book: Book): void {
  const { world } = book
  const city = (region: string, name: string, validTo: string | null = null) =>
    world.add('scenic_city', {
      region_code: region,
      city_name: name,
      valid_from: '2020-01-01',
      valid_to: validTo,
    })
  city('460200', '三亚市')
  city('530700', '丽江市')
  city('430800', '张家界市')
  city('450300', '桂林市', '2025-12-31')
  const away = () => {
    for (;;) {
      const unit = someUnit(world)
      if (!unit.region.startsWith('4602')) return unit
    }
  }
  const home = () => {
    for (;;) {
      const unit = someUnit(world)
      if (unit.region.startsWith('4602')) return unit
    }
  }
  for (const region of ['460203', '530702', '430802']) {
    const { keys } = sell(book, { unit: away(), seller: newSeller(world, { region }) })
    world.violation('R10', 'scenic_city', 'yellow', keys, '发票所载区划为异地景区城市')
  }
  const registered = newSeller(world, { region: '460204' })
  const silent = sell(book, { unit: away(), seller: registered, changes: { seller_region_code: null } })
  world.violation('R10', 'scenic_city', 'yellow', silent.keys, '企业登记在异地景区城市')
  const unknown: Seller = {
    name: '丽江示范古城商行',
    code: creditCode('92', '530702', 7_000_001),
    region: '530702',
  }
  const coded = sell(book, { unit: away(), seller: unknown, changes: { seller_region_code: null } })
  world.violation('R10', 'scenic_city', 'yellow', coded.keys, '信用代码属异地景区城市')
  times(2, (turn) => {
    const own = sell(book, {
      unit: home(),
      seller: newSeller(world, { region: ['460203', '460202'][turn]! }),
    })
    world.nearMiss('R10', 'scenic_city', own.keys, '单位就在该市')
    const taken = sellInVain(book, { unit: away(), seller: newSeller(world, { region: '530702' }) }, turn)
    world.nearMiss('R10', 'scenic_city', taken.keys, '已作废或全额红冲')
  })
  const expired = sell(book, {
    unit: away(),
    on: '2026-01-12',
    seller: newSeller(world, { region: '450302' }),
  })
  world.nearMiss('R10', 'scenic_city', expired.keys, '名单已失效')
  const plainCity = sell(book, {
    unit: away(),
    seller: newSeller(world, { region: '440106' }),
    lines: [plain(oddFen(world, 300, 900))],
  })
  world.nearMiss('R10', 'scenic_city', plainCity.keys, '异地但不是景区城市')
}
