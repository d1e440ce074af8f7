import { addDays } from '../calendar.ts'
import { newEnterprise } from '../parties.ts'
import { type DemoUnit, type Party, type Row, type World, yuan } from '../world.ts'
import { type InvoiceNumber, successiveNumbers } from './numbers.ts'
import { type Spending, spendingBook } from './spending.ts'

/** Who issues an invoice: an enterprise, or a name that no register knows. */
export interface Seller {
  readonly name: string
  readonly code: string | null
  readonly region: string
}

export interface Line {
  readonly item: string
  /** With tax, in fen. */
  readonly fen: number
  readonly classCode?: string
  readonly measure?: string
}

export interface Draft {
  readonly unit: DemoUnit
  readonly seller: Seller
  readonly on: string
  readonly lines: readonly Line[]
  readonly kind?: string
  /** Percent of tax; 6 unless said. */
  readonly rate?: number
  /** The total in fen where the invoice has no lines. */
  readonly fen?: number
  readonly number?: InvoiceNumber
  /** Columns that differ from the ordinary. */
  readonly changes?: Row
  /** Who reimburses it and claims it; `false`: nobody does. An invoice that was taken back is claimed by nobody. */
  readonly claim?: Row | false
}

export interface Issued {
  readonly draft: Draft
  readonly fen: number
  /** The anchor, as every rule about invoices names it. */
  readonly keys: { readonly invoice_code: string; readonly invoice_no: string }
}

/** Where invoices are written down, their lines, and what units claim for them. */
export interface Book {
  readonly world: World
  readonly spending: Spending
  issue(draft: Draft): Issued
  /** Takes an invoice back by a red-letter one; the whole of it unless fewer fen are said. */
  reverse(issued: Issued, on: string, fen?: number): void
  claim(unit: DemoUnit, keys: Issued['keys'], fen: number, on: string, changes?: Row): void
}

const lastClaimAfter = 28

export function openBook(world: World): Book {
  const spending = spendingBook()
  const drawers = ['管理员', '开票员', '收银台']
  const staff = Map.groupBy(world.rows.get('payroll') ?? [], (row) => String(row.unit_code))
  const kindOf = (): string => {
    const draw = world.chance.between(1, 100)
    if (draw <= 58) return 'digital_ordinary'
    if (draw <= 68) return 'digital_special'
    if (draw <= 82) return 'vat_ordinary'
    return draw <= 90 ? 'vat_special' : 'vat_electronic'
  }
  const book: Book = {
    world,
    spending,
    issue: (draft) => {
      const kind = draft.kind ?? kindOf()
      const { code, number } =
        draft.number ?? successiveNumbers(world, kind, draft.seller.region, draft.on, 1)[0]!
      const fen = draft.lines.reduce((sum, line) => sum + line.fen, 0) || draft.fen!
      const keys = { invoice_code: code ?? '', invoice_no: number }
      const local = kind === 'fixed_amount' || kind === 'roll'
      const before = draft.lines.map((line) => Math.round((line.fen * 100) / (100 + (draft.rate ?? 6))))
      const net = local ? fen : before.reduce((sum, part) => sum + part, 0)
      const head: Row = {
        invoice_code: code,
        invoice_no: number,
        invoice_kind: kind,
        issued_on: draft.on,
        buyer_name: kind === 'fixed_amount' ? null : draft.unit.name,
        buyer_tax_no: kind === 'fixed_amount' ? null : draft.unit.creditCode,
        seller_name: draft.seller.name,
        seller_tax_no: draft.seller.code,
        seller_region_code: draft.seller.region,
        amount: local ? null : signed(net),
        tax: local ? null : signed(fen - net),
        total: signed(fen),
        drawer: local ? null : world.chance.pick(drawers),
        check_code: kind === 'vat_ordinary' || kind === 'vat_electronic' ? checkCode(number) : null,
        invoice_state: 'normal',
        feed: local ? 'local' : 'national',
        ...draft.changes,
      }
      world.add('invoice', head)
      draft.lines.forEach((line, place) => {
        const quantity = line.measure ? world.chance.between(1, 12) : null
        world.add('invoice_line', {
          invoice_code: code,
          invoice_no: number,
          line_no: place + 1,
          item_name: line.item,
          tax_class_code: line.classCode?.padEnd(19, '0') ?? null,
          unit_of_measure: line.measure ?? null,
          quantity,
          unit_price: quantity === null ? null : (before[place]! / quantity / 100).toFixed(6),
          amount: signed(local ? line.fen : before[place]!),
          tax_rate: local ? null : `${draft.rate ?? 6}%`,
          tax: local ? null : signed(line.fen - before[place]!),
        })
      })
      const issued = { draft, fen, keys }
      if (head.invoice_state === 'normal') spending.add(draft.unit.code, draft.on, draft.lines)
      if (draft.claim !== false && head.invoice_state === 'normal')
        book.claim(draft.unit, keys, fen, claimDay(world, draft.on), draft.claim)
      return issued
    },
    reverse: ({ draft, fen, keys }, on, part = fen) => {
      const kind = keys.invoice_code === '' ? 'digital_ordinary' : 'vat_ordinary'
      const red = successiveNumbers(world, kind, draft.seller.region, on, 1)[0]!
      world.add('invoice', {
        invoice_code: red.code,
        invoice_no: red.number,
        invoice_kind: kind,
        issued_on: on,
        buyer_name: draft.unit.name,
        buyer_tax_no: draft.unit.creditCode,
        seller_name: draft.seller.name,
        seller_tax_no: draft.seller.code,
        seller_region_code: draft.seller.region,
        total: signed(-part),
        invoice_state: 'red',
        red_of_code: keys.invoice_code || null,
        red_of_no: keys.invoice_no,
        feed: 'national',
        ...pick(draft.changes ?? {}, ['buyer_name', 'buyer_tax_no']),
      })
    },
    claim: (unit, keys, fen, on, changes = {}) => {
      const claimant = world.chance.pick(staff.get(unit.code)!)
      world.add('reimbursement', {
        reimbursement_id: `BX${String(world.next('claim')).padStart(8, '0')}`,
        unit_code: unit.code,
        invoice_code: keys.invoice_code || null,
        invoice_no: keys.invoice_no,
        claimed_on: on,
        amount: yuan(fen),
        claimant_name: claimant.person_name!,
        claimant_id: claimant.person_id!,
        payment_id: null,
        ...changes,
      })
    },
  }
  return book
}

/** A registered enterprise as a seller. */
export function asSeller(party: Party, region: string): Seller {
  return { name: party.name, code: party.code, region }
}

/** A seller of its own for a plant, of Haikou and long registered, with the scope and the name that are said. */
export function newSeller(world: World, traits: Parameters<typeof newEnterprise>[1] = {}): Seller {
  const region = traits.region ?? '460106'
  return asSeller(newEnterprise(world, { ...traits, region }), region)
}

function claimDay(world: World, issuedOn: string): string {
  const day = addDays(issuedOn, world.chance.between(2, lastClaimAfter))
  return [day, world.asOf].sort()[0]!
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)))
}

function signed(fen: number): string {
  return fen < 0 ? `-${yuan(-fen)}` : yuan(fen)
}

function checkCode(number: string): string {
  return `${number.slice(-8)}${number.slice(0, 8)}`.padEnd(20, '7').slice(0, 20)
}
