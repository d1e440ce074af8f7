import { addDays } from '../calendar.ts'
import type { Book, Draft, Line } from '../invoicing/book.ts'
import { newSeller } from '../invoicing/book.ts'
import type { EnterpriseTraits } from '../parties.ts'
import { oddFen, plain, quietFrom, sell, sellInVain, specialDays } from './invoicing.ts'
import { times } from './planting.ts'

/** Every plant about words on invoices (R01) and about meals (R04), whose invoices carry such words. */
export function plantKeywords(book: Book): void {
  plantProhibited(book)
  plantFestive(book)
  plantSuspicious(book)
  plantVague(book)
  plantMeals(book)
}

interface Worded {
  readonly item?: string
  readonly classCode?: string
  readonly seller?: EnterpriseTraits
  readonly changes?: Draft['changes']
  /** An invoice of the local feed without lines. */
  readonly isBare?: boolean
}

const food = '食品、日用百货、卷烟零售'

function saleOf(book: Book, worded: Worded): Partial<Draft> {
  const { world } = book
  const fen = oddFen(world, 300, 900)
  const line: Line = {
    item: worded.item ?? plain(fen).item,
    fen,
    ...(worded.classCode ? { classCode: worded.classCode } : {}),
  }
  return {
    seller: newSeller(world, worded.seller),
    ...(worded.isBare ? { fen, kind: 'roll', lines: [] } : { lines: [line] }),
    ...(worded.changes ? { changes: worded.changes } : {}),
  }
}

function plantProhibited(book: Book): void {
  const { world } = book
  const found: readonly Worded[] = [
    { item: '*酒*飞天茅台酒 500ml', seller: { scope: food } },
    { item: '接待用五粮液', seller: { scope: food } },
    { item: '*烟草制品*软中华', seller: { scope: food } },
    { item: '硬盒香烟两条', seller: { scope: food } },
    { item: '*旅游服务*华东五日团费', seller: { scope: '旅行社业务、旅游咨询' } },
    { item: '景区门票十二张', seller: { scope: '票务代理' } },
    { item: '足疗服务', seller: { scope: '保健服务' } },
    { item: 'KTV包厢费', seller: { scope: '歌舞娱乐' } },
    { item: '定制礼品二十套', seller: { scope: '日用百货' } },
    { item: '综合服务', classCode: '3070301000000000000' },
    { isBare: true, seller: { name: '椰海听涛养生会所', scope: '健康咨询' } },
    { isBare: true, changes: { remark: '超市购物卡十张' } },
  ]
  for (const worded of found) {
    const { keys } = sell(book, saleOf(book, worded))
    world.violation('R01', 'prohibited', 'red', keys, '禁止类关键词')
  }
  const near: readonly Worded[] = [
    { item: '*消防设备*烟感探测器' },
    { item: '食堂抽油烟机' },
    { item: '烟台苹果', seller: { scope: food } },
    { item: '*住宿服务*酒店住宿费', seller: { name: '南渡明远大酒店有限公司', scope: '住宿、酒店管理' } },
    { item: '工业酒精' },
    { item: '料酒', seller: { scope: food } },
  ]
  for (const worded of near) {
    world.nearMiss('R01', 'prohibited', sell(book, saleOf(book, worded)).keys, '排除词')
  }
  times(2, (turn) => {
    const taken = sellInVain(book, saleOf(book, found[turn]!), turn)
    world.nearMiss('R01', 'prohibited', taken.keys, '作废或全额红冲')
  })
}

/** The days off of the festivals in 2026, by the State Council's notice. */
const festivals = [
  { item: '茶叶礼包', first: '2026-02-15', last: '2026-02-23' },
  { item: '蛋黄粽子', first: '2026-06-19', last: '2026-06-21' },
  { item: '双黄月饼', first: '2026-09-25', last: '2026-09-27' },
] as const

function plantFestive(book: Book): void {
  const { world } = book
  for (const { item, first } of festivals) {
    const early = sell(book, {
      ...saleOf(book, { item, seller: { scope: food } }),
      on: quietFrom(addDays(first, -30)),
    })
    world.violation('R01', 'festive', 'red', early.keys, '节前三十日内的特产')
    const before = lastQuietUntil(addDays(first, -31))
    const late = sell(book, { ...saleOf(book, { item, seller: { scope: food } }), on: before })
    world.nearMiss('R01', 'festive', late.keys, '早于节前三十日')
    world.violation('R01', 'suspicious', 'yellow', late.keys, '平时的特产')
    const egg = sell(book, {
      ...saleOf(book, { item: '茶叶蛋', seller: { scope: food } }),
      on: quietFrom(addDays(first, -20)),
    })
    world.nearMiss('R01', 'festive', egg.keys, '茶叶蛋不是茶叶')
  }
  for (const { item, last } of festivals.slice(0, 2)) {
    const day = quietFrom(addDays(last, 4))
    const after = sell(book, { ...saleOf(book, { item, seller: { scope: food } }), on: day })
    world.nearMiss('R01', 'festive', after.keys, '节后三日以外')
    world.violation('R01', 'suspicious', 'yellow', after.keys, '平时的特产')
  }
}

/** The last quiet working day up to a day. */
function lastQuietUntil(day: string): string {
  let at = day
  while (quietFrom(at) !== at) at = addDays(at, -1)
  return at
}

function plantSuspicious(book: Book): void {
  const { world } = book
  const resort = { name: '碧波听海度假酒店有限公司', scope: '住宿、会议服务、酒店管理' }
  const found: readonly Worded[] = [
    { item: '*住宿服务*住宿费', seller: resort },
    { item: '*会议服务*会议费', seller: { ...resort, name: '红树云栖山庄有限公司' } },
    { item: '业务骨干培训费', seller: { scope: '教育培训' } },
    { item: '年会会务费', seller: { scope: '会务服务' } },
    { item: '*车辆租赁*租车费', seller: { scope: '汽车租赁' } },
    { changes: { remark: '超市购物卡十张' } },
    { item: '*纸制品*复印纸', seller: { name: '南渡国际旅游岛文具有限公司' } },
  ]
  for (const worded of found) {
    const { keys } = sell(book, saleOf(book, worded))
    world.violation('R01', 'suspicious', 'yellow', keys, '可疑类关键词，或有明细而只有备注、销售方命中')
  }
  const weekends = specialDays('2025-03-01', '2026-09-30').weekends
  times(3, () => {
    const fuel = { item: '*汽油*92号车用汽油', seller: { scope: '成品油零售' } }
    const { keys } = sell(book, { ...saleOf(book, fuel), on: world.chance.pick(weekends) })
    world.violation('R01', 'suspicious', 'yellow', keys, '周末加油')
    world.violation('R02', 'weekend', 'blue', keys, '周末开票')
    world.nearMiss('R01', 'suspicious', sell(book, saleOf(book, fuel)).keys, '工作日加油')
  })
  const near: readonly Worded[] = [
    { item: '*住宿服务*住宿费', seller: { name: '金江安达宾馆有限公司', scope: '住宿' } },
    { item: '*会议服务*会议费', seller: { name: '金江通达会展有限公司', scope: '会议服务' } },
    { item: '汽油发电机' },
    { item: '培训费管理软件' },
  ]
  for (const worded of near) {
    world.nearMiss(
      'R01',
      'suspicious',
      sell(book, saleOf(book, worded)).keys,
      '普通场所、排除词或限定词未同现',
    )
  }
}

function plantVague(book: Book): void {
  const { world } = book
  for (const [item, yuan] of [
    ['办公用品', 2000],
    ['食品', 3100],
    ['防汛物资一批', 12_000],
    ['咨询费', 1000],
  ] as const) {
    const { keys } = sell(book, {
      lines: [{ item, fen: yuan * 100 }],
      seller: newSeller(world, { scope: food }),
    })
    world.violation('R01', 'round_vague', 'yellow', keys, '笼统品名，大额整数')
    world.violation('R05', 'round_amount', yuan >= 10_000 ? 'yellow' : 'blue', keys, '大额整数')
  }
  for (const [item, fen, note] of [
    ['日用品', 200_001, '差一分不是整数'],
    ['劳务费', 90_000, '不足一千元'],
    ['服务费', 195_000, '不是一百元的整数倍'],
    ['办公用品', 64_037, '金额不大'],
  ] as const) {
    const { keys } = sell(book, { lines: [{ item, fen }] })
    world.nearMiss('R01', 'round_vague', keys, note)
    world.violation('R01', 'noted', 'blue', keys, '笼统品名')
  }
  for (const item of ['物业服务费', '第一批次设备检测', '劳务派遣管理软件']) {
    world.nearMiss('R01', 'noted', sell(book, saleOf(book, { item })).keys, '品名具体')
  }
  const listed = [{ item: '办公用品', fen: 150_000 }, plain(50_000)]
  const { keys } = sell(book, { lines: listed })
  world.nearMiss('R01', 'round_vague', keys, '办公用品另有清单')
  world.violation('R05', 'round_amount', 'blue', keys, '大额整数')
}

const meal = (fen: number): Line => ({ item: '*餐饮服务*餐费', fen, classCode: '307040100' })
const eatery = { scope: '餐饮服务' }

/** Meals at and above the limits: on record (R01) below a thousand yuan, above it in both rules. */
function plantMeals(book: Book): void {
  const { world } = book
  const serve = (lines: readonly Line[]) => sell(book, { lines, seller: newSeller(world, eatery) })
  for (const lines of [
    [meal(100_001)],
    [meal(60_050), meal(60_027)],
    [meal(268_88), meal(180_045)],
    [meal(300_000), plain(3157)],
  ]) {
    const { keys } = serve(lines)
    world.violation('R01', 'over_limit', 'yellow', keys, '餐饮超过一千元')
    world.violation('R04', 'above_yellow', 'yellow', keys, '单张餐饮超过一千元')
    if (lines.length === 2 && lines[0]!.fen === 300_000)
      world.nearMiss('R04', 'above_red', keys, '正好三千元')
  }
  for (const fen of [300_001, 356_780, 412_333]) {
    const { keys } = serve([meal(fen)])
    world.violation('R01', 'over_limit', 'yellow', keys, '餐饮超过一千元')
    world.violation('R04', 'above_red', 'red', keys, '单张餐饮超过三千元')
  }
  const bare = sell(book, {
    fen: 350_007,
    kind: 'roll',
    seller: newSeller(world, { ...eatery, name: '望海渔港大酒楼' }),
  })
  world.violation('R04', 'above_red', 'red', bare.keys, '无明细，销售方为酒楼')
  for (const lines of [[meal(100_000), plain(2319)], [meal(99_999)], [meal(45_000), plain(80_017)]]) {
    const { keys } = serve(lines)
    world.nearMiss('R01', 'over_limit', keys, '餐饮正好或不足一千元')
    world.nearMiss('R04', 'above_yellow', keys, '餐饮正好或不足一千元')
    world.violation('R01', 'noted', 'blue', keys, '餐饮')
  }
  times(2, (turn) => {
    const taken = sellInVain(book, { lines: [meal(320_011)], seller: newSeller(world, eatery) }, turn)
    for (const [rule, condition] of [
      ['R01', 'over_limit'],
      ['R04', 'above_red'],
      ['R04', 'above_yellow'],
    ] as const) {
      world.nearMiss(rule, condition, taken.keys, '作废或全额红冲')
    }
  })
  const ware = sell(book, { lines: [{ item: '餐饮具消毒柜', fen: 480_023 }] })
  world.nearMiss('R01', 'over_limit', ware.keys, '餐饮具不是餐饮')
  world.nearMiss('R04', 'above_red', ware.keys, '餐饮具不是餐饮')
}
