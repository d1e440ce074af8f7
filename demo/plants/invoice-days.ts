import type { Book } from '../invoicing/book.ts'
import { oddFen, plain, sell, sellInVain, specialDays } from './invoicing.ts'
import { times } from './planting.ts'

/** Every plant about the day of an invoice (R02) and about its amount (R05). */
export function plantDaysAndAmounts(book: Book): void {
  plantDays(book)
  plantRoundAmounts(book)
}

function plantDays(book: Book): void {
  const { world } = book
  const days = specialDays('2025-02-01', '2026-10-20')
  times(5, (turn) => {
    const rest = sell(book, { on: world.chance.pick(days.holidays) })
    world.violation('R02', 'holiday', 'yellow', rest.keys, '法定节假日假期内')
    const close = sell(book, { on: world.chance.pick(days.nearHolidays) })
    world.violation('R02', 'near_holiday', 'yellow', close.keys, '节假日前后三日内')
    const weekend = sell(book, { on: world.chance.pick(days.weekends) })
    world.violation('R02', 'weekend', 'blue', weekend.keys, '周末')
    if (turn > 3) return
    const made = sell(book, { on: world.chance.pick(days.madeUp) })
    world.nearMiss('R02', 'weekend', made.keys, '调休上班的周末')
    const four = sell(book, { on: world.chance.pick(days.fourDaysAway) })
    world.nearMiss('R02', 'near_holiday', four.keys, '距节假日四日')
    const taken = sellInVain(book, { on: world.chance.pick(days.holidays) }, turn)
    world.nearMiss('R02', 'holiday', taken.keys, '假期内开具但已作废或全额红冲')
  })
}

function plantRoundAmounts(book: Book): void {
  const { world } = book
  for (const yuan of [1000, 1800, 9900, 10_000, 36_000]) {
    const { keys } = sell(book, { lines: [plain(yuan * 100)] })
    world.violation('R05', 'round_amount', yuan >= 10_000 ? 'yellow' : 'blue', keys, '大额整数')
  }
  for (const [fen, note] of [
    [90_000, '不足一千元'],
    [100_001, '多一分'],
    [195_000, '不是一百元的整数倍'],
  ] as const) {
    world.nearMiss('R05', 'round_amount', sell(book, { lines: [plain(fen)] }).keys, note)
  }
  times(2, (turn) => {
    const taken = sellInVain(book, { lines: [plain(500_000 + turn * 10_000)] }, turn)
    world.nearMiss('R05', 'round_amount', taken.keys, '已作废或全额红冲')
  })
  const parts = sell(book, { lines: [plain(200_000), plain(oddFen(world, 10, 90))] })
  world.nearMiss('R05', 'round_amount', parts.keys, '一行整数，合计不是')
}
