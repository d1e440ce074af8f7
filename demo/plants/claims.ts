import { addDays } from '../calendar.ts'
import type { Book, Issued } from '../invoicing/book.ts'
import { newPerson } from '../parties.ts'
import type { Row } from '../world.ts'
import { oddFen, plain, sell, sellInVain } from './invoicing.ts'
import { someUnit, times } from './planting.ts'

/** Every plant about who claims an invoice: made out to a person (R11), claimed more than once or though taken back (R12). */
export function plantClaims(book: Book): void {
  plantPersonalTitles(book)
  plantDuplicateClaims(book)
}

function plantPersonalTitles(book: Book): void {
  const { world } = book
  const toPerson = (name: string): Row => ({ buyer_name: name, buyer_tax_no: null })
  times(3, (turn) => {
    const person = newPerson(world)
    const claim = { claimant_name: person.name, claimant_id: person.code }
    const own = sell(book, {
      changes: toPerson(turn === 1 ? [...person.name].join(' ') : person.name),
      claim,
    })
    world.violation('R11', 'claimant', 'yellow', own.keys, '购买方即报销人')
    const trader = sell(book, {
      changes: { buyer_name: `个体工商户${person.name}`, buyer_tax_no: person.code },
      claim,
    })
    world.violation('R11', 'claimant', 'yellow', trader.keys, '购买方税号即报销人公民身份号码')
    const title = ['个人', '李女士', '个人（零散户）'][turn]!
    world.violation(
      'R11',
      'person_word',
      'yellow',
      sell(book, { changes: toPerson(title) }).keys,
      '抬头含个人字样',
    )
    const named = sell(book, { changes: toPerson(['林海安', '陈远', '欧阳思齐'][turn]!) })
    world.violation('R11', 'person_name', 'yellow', named.keys, '抬头为姓名且无税号')
    const stranger = newPerson(world)
    const numbered = sell(book, {
      changes: {
        buyer_name: stranger.name,
        buyer_tax_no: turn === 0 ? stranger.code : `${stranger.code}0${turn}`,
      },
    })
    world.violation('R11', 'person_name', 'yellow', numbered.keys, '税号为他人公民身份号码')
    const ticket = { item: '*运输服务*客运服务费', fen: oddFen(world, 60, 300) }
    const travel = sell(book, { lines: [ticket], changes: toPerson(person.name), claim })
    world.nearMiss('R11', 'claimant', travel.keys, '客票可用个人抬头')
    const bodies = ['个人所得税服务中心', '女士用品商行', '琼岛个人信用协会'][turn]!
    world.nearMiss('R11', 'person_word', sell(book, { changes: toPerson(bodies) }).keys, '抬头是单位')
    const near = [
      { changes: toPerson('思远文化馆') },
      { changes: toPerson('周明远'), claim: false as const },
      { changes: { buyer_name: '吴静怀' } },
    ][turn]!
    world.nearMiss('R11', 'person_name', sell(book, near).keys, '抬头是单位、未报销或有单位税号')
  })
  times(2, (turn) => {
    const taken = sellInVain(book, { changes: toPerson('黄若舒') }, turn)
    const unit = taken.draft.unit
    book.claim(unit, taken.keys, taken.fen, addDays(taken.draft.on, 9))
    world.nearMiss('R11', 'person_name', taken.keys, '已作废或全额红冲')
    world.violation('R12', 'taken_back', 'red', taken.keys, '报销已作废或全额红冲的发票')
  })
}

function plantDuplicateClaims(book: Book): void {
  const { world } = book
  const again = ({ draft, keys }: Issued, fen: number, unit = draft.unit) =>
    book.claim(unit, keys, fen, addDays(draft.on, 30))
  const otherThan = (code: string) => {
    const unit = someUnit(world)
    return unit.code === code ? someUnit(world) : unit
  }
  times(3, (turn) => {
    const twice = sell(book)
    again(twice, twice.fen)
    world.violation('R12', 'same_unit', 'red', twice.keys, '同一单位报销两次')
    const shared = sell(book, { lines: [plain(oddFen(world, 2000, 2900))] })
    again(shared, 100 + turn, otherThan(shared.draft.unit.code))
    world.violation('R12', 'two_units', 'red', shared.keys, '两单位合计超过价税合计')
    const parts = sell(book, { claim: false })
    again(parts, 10_000)
    again(parts, 12_000 + turn, turn === 0 ? undefined : otherThan(parts.draft.unit.code))
    world.violation('R12', turn === 0 ? 'same_unit' : 'two_units', 'yellow', parts.keys, '合计未超过价税合计')
    const once = sell(book)
    world.nearMiss('R12', 'same_unit', once.keys, '报销一次')
    const fen = oddFen(world, 2000, 2900)
    const [mine] = [sell(book, { lines: [plain(fen)] }), sell(book, { lines: [plain(fen)] })]
    world.nearMiss('R12', 'two_units', mine.keys, '两张同额发票各报销一次')
    const taken = sellInVain(book, {}, turn)
    again(taken, taken.fen)
    if (turn > 0) again(taken, taken.fen, otherThan(taken.draft.unit.code))
    world.violation('R12', 'taken_back', 'red', taken.keys, '报销已作废或全额红冲的发票')
    const partly = sell(book)
    book.reverse(partly, addDays(partly.draft.on, 1), partly.fen - 1)
    world.nearMiss('R12', 'taken_back', partly.keys, '只红冲一部分')
    world.nearMiss('R12', 'taken_back', sellInVain(book, {}, turn).keys, '已作废或全额红冲，无人报销')
  })
  const unknown = { invoice_code: '', invoice_no: '26469000000000099917' }
  const unit = someUnit(world)
  for (const day of ['2026-04-09', '2026-05-12']) book.claim(unit, unknown, 64_011, day)
  world.violation('R12', 'same_unit', 'red', unknown, '发票库查无此票')
}
