import { addDays } from '../calendar.ts'
import { type Book, newSeller } from '../invoicing/book.ts'
import { type InvoiceNumber, successiveNumbers } from '../invoicing/numbers.ts'
import type { DemoUnit, World } from '../world.ts'
import { oddFen, plain, quietFrom, sell, someQuietDay } from './invoicing.ts'
import { someUnit, times } from './planting.ts'

/** Every plant that takes several invoices: splits (R03), growth (R06), and changes of what was bought (R09). */
export function plantPatterns(book: Book): void {
  plantRuns(book)
  plantSameDay(book)
  plantMonthlyGrowth(book)
  plantQuarterlyGrowth(book)
  plantReissued(book)
}

/** Invoices with successive numbers of one seller. */
function plantRuns(book: Book): void {
  const { world } = book
  const kinds = ['digital_ordinary', 'vat_ordinary', 'vat_special', 'digital_special']
  const numbersOf = (kind: string, day: string, count: number) =>
    successiveNumbers(world, kind, '460106', day, count)
  const run = (unit: DemoUnit, numbers: readonly InvoiceNumber[], kind: string, day: string) => {
    const seller = newSeller(world)
    return numbers.map((number, place) =>
      sell(book, { unit, seller, kind, number, on: quietFrom(addDays(day, place)) }),
    )
  }
  times(4, (turn) => {
    const kind = kinds[turn]!
    const day = someQuietDay(world)
    for (const { keys } of run(someUnit(world), numbersOf(kind, day, 3 + (turn % 3)), kind, day)) {
      world.violation('R03', 'consecutive', 'yellow', keys, '同一销售方连号')
    }
    const pair = run(someUnit(world), numbersOf(kind, day, 2), kind, day)
    for (const { keys } of pair) world.nearMiss('R03', 'consecutive', keys, '只有两张连号')
    const [first, , third, fourth] = numbersOf(kind, day, 4)
    for (const { keys } of run(someUnit(world), [first!, third!, fourth!], kind, day)) {
      world.nearMiss('R03', 'consecutive', keys, '中间缺号')
    }
    const seller = newSeller(world)
    numbersOf(kind, day, 3).forEach((number, place) => {
      const isVoid = turn % 2 === 0 && place === 1
      const unit = turn % 2 === 1 && place === 1 ? someUnit(world) : world.units[turn]!
      const { keys } = sell(book, {
        unit,
        seller,
        kind,
        number,
        on: quietFrom(addDays(day, place)),
        ...(isVoid ? { changes: { invoice_state: 'void' } } : {}),
      })
      world.nearMiss('R03', 'consecutive', keys, '中间一张作废或属于其他单位')
    })
  })
}

/** Several invoices of one day that together pass the limit. */
function plantSameDay(book: Book): void {
  const { world } = book
  const sale = (amounts: readonly number[], apart = 0) => {
    const unit = someUnit(world)
    const seller = newSeller(world)
    const day = someQuietDay(world, apart)
    return amounts.map((fen, place) =>
      sell(book, { unit, seller, on: place === 0 ? day : addDays(day, apart), lines: [plain(fen)] }),
    )
  }
  for (const amounts of [
    [160_037, 145_021],
    [299_999, 12_033],
    [110_017, 120_019, 98_023],
    [150_050, 149_951],
  ]) {
    for (const { keys } of sale(amounts))
      world.violation('R03', 'same_day', 'yellow', keys, '同日多张合计超过三千元')
  }
  for (const { keys } of sale([150_050, 149_950])) world.nearMiss('R03', 'same_day', keys, '合计正好三千元')
  for (const { keys } of sale([160_037, 145_021], 1)) world.nearMiss('R03', 'same_day', keys, '相隔一日')
  for (const { keys } of sale([300_017, 40_021]))
    world.nearMiss('R03', 'same_day', keys, '一张已达三千元，不是拆分')
}

interface Month {
  readonly month: string
  readonly fen: number
}

/** What a unit spends on a category that nobody else's plant and no ordinary business touches. */
function spend(book: Book, unit: DemoUnit, item: string, months: readonly Month[]): void {
  const { world } = book
  book.spending.reserve(unit.code, item)
  for (const { month, fen } of months) {
    const day = quietFrom(`${month}-01`)
    // Two invoices a month, of different sellers; neither is a round amount.
    let part = Math.floor((fen * 2) / 5)
    while (part % 100 === 0 || (fen - part) % 100 === 0) part += 1
    for (const amount of [part, fen - part]) {
      book.issue({
        unit,
        seller: newSeller(world, { scope: '清洁服务、会议展览服务、广告设计、档案整理' }),
        on: day,
        lines: [{ item, fen: amount }],
      })
    }
  }
}

const growing = [
  '*会展服务*展台搭建',
  '*档案服务*档案整理',
  '*设计服务*展板设计',
  '*翻译服务*资料翻译',
] as const

function plantMonthlyGrowth(book: Book): void {
  const { world } = book
  const fresh = () => world.units[world.next('growing-unit') * 3]!
  const grow = (item: string, months: readonly Month[]) => {
    const unit = fresh()
    spend(book, unit, item, months)
    return { unit_code: unit.code, category: item.split('*')[1]!, period: months.at(-1)!.month }
  }
  times(4, (turn) => {
    const item = growing[turn]!
    const keys = grow(item, [
      { month: `2026-0${2 + turn}`, fen: 400_030 },
      { month: `2026-0${3 + turn}`, fen: [600_046, 600_047, 987_613, 1_400_029][turn]! },
    ])
    world.violation('R06', 'month', 'yellow', keys, '较上月增长超过五成')
  })
  for (const [months, note] of [
    [[400_030, 600_045], '正好五成'],
    [[300_010, 499_999], '当月差一分到五千元'],
    [[490_030, 590_010], '增长两成'],
  ] as const) {
    const keys = grow(growing[0], [
      { month: '2026-04', fen: months[0] },
      { month: '2026-05', fen: months[1] },
    ])
    world.nearMiss('R06', 'month', keys, note)
  }
  times(3, (turn) => {
    const keys = grow(growing[turn]!, [
      { month: `2026-0${4 + turn}`, fen: [500_001, 900_033, 1_250_017][turn]! },
    ])
    world.violation('R06', 'new', 'yellow', keys, '上月没有的品类')
    const little = grow(growing[turn]!, [{ month: `2026-0${4 + turn}`, fen: 499_999 - turn }])
    world.nearMiss('R06', 'new', little, '上月没有的品类，差一分到五千元')
  })
}

function plantQuarterlyGrowth(book: Book): void {
  const { world } = book
  const year = (item: string, before: number, now: number) => {
    const unit = world.units[world.next('growing-unit') * 3]!
    const third = (sum: number) => [Math.floor(sum / 3), Math.floor(sum / 3), sum - 2 * Math.floor(sum / 3)]
    for (const [at, sum] of [
      ['2025', before],
      ['2026', now],
    ] as const) {
      spend(
        book,
        unit,
        item,
        third(sum).map((fen, place) => ({ month: `${at}-0${4 + place}`, fen })),
      )
    }
    return { unit_code: unit.code, category: item.split('*')[1]!, period: '2026-Q2' }
  }
  times(4, (turn) => {
    const keys = year(growing[turn]!, 1_000_000, [1_360_001, 1_360_100, 1_790_044, 2_500_071][turn]!)
    world.violation('R06', 'quarter', 'yellow', keys, '较上年同季增长超过三成六')
    // A third of the larger quarters is a large first month.
    if (turn > 1) world.violation('R06', 'new', 'yellow', { ...keys, period: '2026-04' }, '上月没有的品类')
  })
  for (const [before, now, note] of [
    [1_000_000, 1_360_000, '正好三成六'],
    [700_000, 999_999, '当季差一分到一万元'],
    [1_000_000, 1_100_050, '增长一成'],
  ] as const) {
    world.nearMiss('R06', 'quarter', year(growing[2], before, now), note)
  }
}

/** A quiet day, and one so many days from the end of its month, which is the latest that an invoice can be voided. */
function monthEndAndLater(world: World, days: number): readonly [string, string] {
  for (;;) {
    const on = someQuietDay(world)
    const nextMonth = addDays(`${on.slice(0, 7)}-28`, 4)
    const next = addDays(`${nextMonth.slice(0, 7)}-01`, days - 1)
    if (next >= on && quietFrom(next) === next) return [on, next]
  }
}

/** A quiet day, and one so many days from the day after tomorrow, when the invoice is reversed. */
function reversalAndLater(world: World, days: number): readonly [string, string] {
  const on = someQuietDay(world, 2, days, days + 2)
  return [on, addDays(on, days + 2)]
}

/** Invoices taken back and issued again for something else. */
function plantReissued(book: Book): void {
  const { world } = book
  const again = (
    way: 'after_void' | 'after_reversal',
    days: number,
    differs: {
      readonly fen?: number
      readonly item?: string
      readonly unit?: DemoUnit
      readonly part?: number
      /** The second invoice names the buyer without its tax number. */
      readonly nameless?: boolean
    } = {},
  ) => {
    const unit = someUnit(world)
    const seller = newSeller(world)
    const [on, next] = way === 'after_void' ? monthEndAndLater(world, days) : reversalAndLater(world, days)
    const fen = oddFen(world, 900, 2600)
    const first = sell(book, {
      unit,
      seller,
      on,
      lines: [{ item: '会场布置材料', fen }],
      claim: false,
      ...(way === 'after_void' ? { changes: { invoice_state: 'void' } } : {}),
    })
    if (way === 'after_reversal') book.reverse(first, addDays(on, 2), differs.part ?? fen)
    return sell(book, {
      unit: differs.unit ?? unit,
      seller,
      on: next,
      lines: [{ item: differs.item ?? '文件打印纸张', fen: differs.fen ?? fen }],
      ...(differs.nameless ? { changes: { buyer_tax_no: null } } : {}),
    }).keys
  }
  for (const way of ['after_void', 'after_reversal'] as const) {
    for (const days of [0, 1, 6, 7]) {
      world.violation('R09', way, 'yellow', again(way, days), '重开换品名')
    }
    world.violation('R09', way, 'yellow', again(way, 2, { nameless: true }), '重开的只有购买方名称')
    world.nearMiss('R09', way, again(way, 8), '第八日重开')
    world.nearMiss('R09', way, again(way, 3, { item: '会场布置材料' }), '品名相同')
    world.nearMiss('R09', way, again(way, 3, { fen: 88_031 }), '金额不同')
    world.nearMiss('R09', way, again(way, 3, { unit: world.units.at(-1)! }), '购买方不同')
  }
  world.nearMiss('R09', 'after_reversal', again('after_reversal', 3, { part: 30_000 }), '只红冲一部分')
}
