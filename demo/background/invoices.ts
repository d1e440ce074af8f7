import { addDays, isHoliday, isWorkday, quietWorkdays } from '../calendar.ts'
import { asSeller, type Book, type Draft, type Line, type Seller } from '../invoicing/book.ts'
import { mealTrade, ordinaryTrades, powerTrade, type Trade, ticketTrade } from '../invoicing/trades.ts'
import { enterpriseName } from '../names.ts'
import { newEnterprise } from '../parties.ts'
import type { DemoUnit, World } from '../world.ts'

const firstMonth = '2025-01'
/** Days that an ordinary invoice keeps from a public holiday. */
const away = 4

interface Market {
  readonly world: World
  readonly book: Book
  /** Sellers by kind and city. */
  readonly sellers: ReadonlyMap<string, readonly Seller[]>
  /** A seller serves a unit at most once a day and never twice for the same amount: nothing looks split or re-issued. */
  readonly seen: Set<string>
}

/**
 * Two years of ordinary invoices. What is worth a mark among them is known: meals, invoices of weekends and round
 * amounts each go into the answer key; the rest has nothing to say to any rule.
 */
export function addOrdinaryInvoices(book: Book, count: number): void {
  const { world } = book
  const market: Market = { world, book, sellers: sellersOf(world), seen: new Set() }
  const months = monthsUntil(world.asOf)
  const already = world.rows.get('invoice')?.length ?? 0
  const steps = world.units.length * months.length
  const weights = ordinaryTrades.flatMap((trade) => Array.from({ length: trade.weight }, () => trade))
  months.forEach((month, monthIndex) => {
    const days = quietWorkdays(`${month}-01`, lastDay(month, world.asOf), away)
    const weekend = quietWeekend(month, world.asOf)
    world.units.forEach((unit, unitIndex) => {
      const place = monthIndex * world.units.length + unitIndex + 1
      const until = already + Math.floor(((count - already) * place) / steps)
      addPower(market, unit, world.chance.pick(days))
      while ((world.rows.get('invoice')?.length ?? 0) < until) {
        const isLast = place === steps
        addOne(market, unit, days, weekend, weights, isLast)
      }
    })
  })
}

function addOne(
  market: Market,
  unit: DemoUnit,
  days: readonly string[],
  weekend: readonly string[],
  weights: readonly Trade[],
  isLast: boolean,
): void {
  const { world, book } = market
  const day = world.chance.pick(days)
  const draw = world.chance.between(1, 1000)
  if (draw <= 20) addMeal(market, unit, day)
  else if (draw <= 35) addTicket(market, unit, day)
  else if (draw <= 40) addRound(market, unit, day)
  else {
    const trade = world.chance.pick(weights)
    const onWeekend = draw <= 46 && weekend.length > 0 && trade.kind !== 'fuel'
    const draft = draftOf(market, unit, trade, onWeekend ? world.chance.pick(weekend) : day)
    if (!draft) return
    if (onWeekend) world.violation('R02', 'weekend', 'blue', book.issue(draft).keys, '周末开票')
    else if (draw <= 58 && trade.paper === undefined && !isLast) addTakenBack(market, draft, draw)
    else book.issue(draw <= 180 ? { ...draft, claim: false } : draft)
  }
}

/** An ordinary purchase, or nothing where the unit has bought enough of the kind for the month. */
function draftOf(
  market: Market,
  unit: DemoUnit,
  trade: Trade,
  on: string,
  total?: number,
): Draft | undefined {
  const { world, book } = market
  const seller = sellerFor(market, unit, trade)
  const drawn = trade.articles.length > 0 ? linesOf(world, trade, total) : []
  const fen = drawn.length > 0 ? sumOf(drawn) : world.chance.pick([500, 1000, 2000, 5000, 10_000])
  const room = drawn.length > 0 ? book.spending.room(unit.code, on, drawn[0]!.item) : fen
  const sale = `${seller.code} ${unit.code} ${on}`
  const again = `${seller.code} ${unit.code} ${fen}`
  if (room < fen || market.seen.has(sale) || (drawn.length > 0 && market.seen.has(again))) return undefined
  market.seen.add(sale).add(again)
  return {
    unit,
    seller,
    on,
    lines: drawn,
    rate: trade.rate,
    fen,
    ...(trade.paper ? { kind: trade.paper } : {}),
  }
}

/** One to three articles of a trade; amounts with fen, unless the total is said. */
function linesOf(world: World, trade: Trade, total?: number): readonly Line[] {
  const { chance } = world
  const count =
    total === undefined && trade.articles.length > 2 && chance.percent(45) ? chance.between(2, 3) : 1
  const first = chance.between(0, trade.articles.length - 1)
  return Array.from({ length: count }, (_unused, place) => {
    const { name, from, to, measure } = trade.articles[(first + place) % trade.articles.length]!
    // Whole yuan and at most 29 fen a line: up to three lines never add up to a whole yuan.
    const fen = total ?? chance.between(from, to - 1) * 100 + chance.between(1, 29)
    return {
      item: trade.itemClass ? `*${trade.itemClass}*${name}` : name,
      fen,
      classCode: trade.classCode,
      ...(measure ? { measure } : {}),
    }
  })
}

function addMeal(market: Market, unit: DemoUnit, day: string): void {
  const draft = draftOf(market, unit, mealTrade, day)
  if (!draft) return
  market.world.violation('R01', 'noted', 'blue', market.book.issue(draft).keys, '餐饮，未超限额')
}

/** A ticket in the name of who travelled, which is allowed. */
function addTicket(market: Market, unit: DemoUnit, day: string): void {
  const { world, book } = market
  const draft = draftOf(market, unit, ticketTrade, day)
  if (!draft) return
  const staff = world.rows.get('payroll')!.filter(({ unit_code }) => unit_code === unit.code)
  const traveller = world.chance.pick(staff)
  book.issue({ ...draft, changes: { buyer_name: traveller.person_name!, buyer_tax_no: null } })
}

/** Trades whose purchases are large. */
const bulky = ['works', 'equipment', 'property']

function addRound(market: Market, unit: DemoUnit, day: string): void {
  const trade = market.world.chance.pick(ordinaryTrades.filter(({ kind }) => bulky.includes(kind)))
  const draft = draftOf(market, unit, trade, day, market.world.chance.between(10, 99) * 10_000)
  if (!draft) return
  market.world.violation('R05', 'round_amount', 'blue', market.book.issue(draft).keys, '大额整数')
}

/** Voided or reversed; half of them issued again for the same articles. */
function addTakenBack(market: Market, draft: Draft, draw: number): void {
  const { book } = market
  const next = nextQuiet(draft.on)
  if (next > market.world.asOf) return
  const voided = draw % 2 === 0
  const first = book.issue(
    voided ? { ...draft, changes: { invoice_state: 'void' } } : { ...draft, claim: false },
  )
  if (!voided) book.reverse(first, next)
  if (draw % 4 < 2 && next.slice(0, 7) === draft.on.slice(0, 7)) book.issue({ ...draft, on: next })
}

function addPower(market: Market, unit: DemoUnit, day: string): void {
  const { world, book } = market
  const seller = market.sellers.get(`power ${cityOf(unit.region)}`)![0]!
  const usual = 3000 + (Number(unit.code) % 97) * 140
  const fen = Math.floor((usual * world.chance.between(93, 107)) / 100) * 100 + world.chance.between(1, 99)
  book.issue({
    unit,
    seller,
    on: day,
    lines: [{ item: '*供电*电费', fen, classCode: powerTrade.classCode }],
    rate: powerTrade.rate,
  })
}

function sellerFor(market: Market, unit: DemoUnit, trade: Trade): Seller {
  const { chance } = market.world
  const city = chance.percent(60) ? cityOf(unit.region) : haikou
  return chance.pick(market.sellers.get(`${trade.kind} ${city}`)!)
}

const haikou = '460106'

/** Where the units of a region buy at home: provincial ones and those of its districts in Haikou. */
function cityOf(region: string): string {
  return region === '460000' || region.startsWith('4601') ? haikou : region
}

function sellersOf(world: World): ReadonlyMap<string, readonly Seller[]> {
  const sellers = new Map<string, readonly Seller[]>()
  const cities = [...new Set(world.units.map(({ region }) => cityOf(region)))]
  for (const trade of [...ordinaryTrades, mealTrade, powerTrade, ticketTrade]) {
    for (const city of cities) {
      const count = trade.kind === 'power' ? 1 : city === haikou ? 14 : 4
      const made = Array.from({ length: count }, (_unused, place) => {
        const ending = trade.suffixes[place % trade.suffixes.length]!
        const name = enterpriseName(world.chance, world.next('seller-name'), ending)
        const region = city === '460200' ? '460203' : city
        const party = newEnterprise(world, { name, region, scope: trade.scope, industry: trade.industry })
        return asSeller(party, region)
      })
      sellers.set(`${trade.kind} ${city}`, made)
    }
  }
  return sellers
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { fen }) => sum + fen, 0)
}

/** Days of weekends that are no make-up working days and keep away from holidays. */
function quietWeekend(month: string, asOf: string): readonly string[] {
  const days: string[] = []
  for (let day = `${month}-01`; day <= lastDay(month, asOf); day = addDays(day, 1)) {
    const near = Array.from({ length: away * 2 + 1 }, (_unused, offset) => addDays(day, offset - away))
    if (!isWorkday(day) && !near.some(isHoliday)) days.push(day)
  }
  return days
}

function nextQuiet(day: string): string {
  return quietWorkdays(addDays(day, 1), addDays(day, 30), away)[0]!
}

function monthsUntil(asOf: string): readonly string[] {
  const months: string[] = []
  for (let month = firstMonth; month <= asOf.slice(0, 7); month = addDays(`${month}-28`, 5).slice(0, 7))
    months.push(month)
  return months
}

function lastDay(month: string, asOf: string): string {
  const last = addDays(`${addDays(`${month}-28`, 5).slice(0, 7)}-01`, -1)
  return last < asOf ? last : asOf
}
