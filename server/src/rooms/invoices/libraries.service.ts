import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { isPersonal, maskedName, maskedTaxpayer } from '#ground/masking/index.ts'
import { inSession, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Unmasked, watchedAmong } from '#rooms/subjects/index.ts'
import { type AuditEntry, askedFor, recordAudit } from '#shared/audit/index.ts'
import { holdersOf, listEnterprises, readEnterprise } from './enterprise.store.ts'
import { listInvoices, readInvoice } from './invoice.store.ts'
import type {
  EnterpriseDetail,
  EnterpriseQuery,
  EnterpriseVersion,
  InvoiceDetail,
  InvoiceKey,
  InvoiceQuery,
  WatchConnection,
} from './libraries.schema.ts'
import { type LibraryScope, libraryScope } from './library-scope.ts'

export interface LibrariesDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly keyRing: { personKey(number: string): string }
}

const noSuchInvoice = defineError(
  'invoices.no_such_invoice',
  404,
  '没有这张发票，或其购买单位不在您的管辖范围内。',
  'There is no such invoice, or its buyer is not within your part of the tree.',
)
const noSuchEnterprise = defineError(
  'invoices.no_such_enterprise',
  404,
  '企业法人库中没有这家企业。',
  'There is no such enterprise in the library.',
)

/** The libraries of invoices and of enterprises. Every search and every look is on record before its result leaves. */
export interface Libraries {
  invoices(caller: Caller, query: InvoiceQuery): ReturnType<typeof listInvoices>
  invoice(caller: Caller, key: InvoiceKey): Promise<InvoiceDetail>
  unmaskInvoice(caller: Caller, key: InvoiceKey, reason: string): Promise<Unmasked>
  enterprises(caller: Caller, query: EnterpriseQuery): ReturnType<typeof listEnterprises>
  enterprise(caller: Caller, creditCode: string): Promise<EnterpriseDetail>
  unmaskEnterprise(caller: Caller, creditCode: string, reason: string): Promise<Unmasked>
  /** Whom on the watch list the enterprise is connected with, as far as the caller sees them. */
  connections(caller: Caller, creditCode: string, reason: string): Promise<readonly WatchConnection[]>
}

export function createLibraries({ database, warehouse, keyRing }: LibrariesDependencies): Libraries {
  const reading = <T>(
    caller: Caller,
    read: (session: WarehouseSession, scope: LibraryScope, trx: Trx) => Promise<T>,
    entry: (found: T) => AuditEntry,
  ) =>
    inSession(
      () => warehouse.open(),
      (session) =>
        database.asCaller(caller, async (trx) => {
          const scope = await libraryScope(trx, session, caller, keyRing.personKey)
          const found = await read(session, scope, trx)
          await recordAudit(trx, entry(found))
          return found
        }),
    )
  const anInvoice = (key: InvoiceKey) => async (session: WarehouseSession, scope: LibraryScope) => {
    const found = await readInvoice(session, scope, key)
    if (!found) throw noSuchInvoice()
    return found
  }
  return {
    invoices: async (caller, query) => {
      const page = await reading(
        caller,
        (session, scope) => listInvoices(session, scope, query),
        ({ items }) => ({
          action: 'invoices.search',
          ...(query.unit ? { unitCode: query.unit } : {}),
          detail: { ...askedFor(query), shown: items.length },
        }),
      )
      const items = page.items.map((row) => ({ ...row, sellerTaxNo: maskedNumberOrNull(row.sellerTaxNo) }))
      return { ...page, items }
    },
    invoice: async (caller, key) => {
      const found = await reading(caller, anInvoice(key), (invoice) => ({
        action: 'invoices.look',
        object: invoiceObject(key),
        ...(invoice.unitCode ? { unitCode: invoice.unitCode } : {}),
      }))
      return maskedInvoice(found)
    },
    unmaskInvoice: async (caller, key, reason) => {
      const found = await reading(caller, anInvoice(key), (invoice) => ({
        action: 'invoices.unmask',
        object: invoiceObject(key),
        purpose: reason,
        ...(invoice.unitCode ? { unitCode: invoice.unitCode } : {}),
      }))
      return { persons: personsOf(found) }
    },
    enterprises: async (caller, query) => {
      const page = await reading(
        caller,
        (session, scope) => listEnterprises(session, scope, query),
        ({ items }) => ({
          action: 'enterprises.search',
          detail: { ...askedFor(query), shown: items.length },
        }),
      )
      const items = page.items.map((row) => ({ ...row, legalRepName: maskedOrNull(row.legalRepName) }))
      return { ...page, items }
    },
    enterprise: async (caller, creditCode) => {
      const found = await reading(
        caller,
        async (session, scope) => {
          const one = await readEnterprise(session, scope, creditCode)
          if (!one) throw noSuchEnterprise()
          return one
        },
        () => ({ action: 'enterprises.look', object: { kind: 'enterprise', id: creditCode } }),
      )
      return maskedEnterprise(found)
    },
    unmaskEnterprise: async (caller, creditCode, reason) => {
      const holders = await reading(
        caller,
        (session, scope) => holdersOf(session, scope, creditCode),
        () => ({
          action: 'enterprises.unmask',
          object: { kind: 'enterprise', id: creditCode },
          purpose: reason,
        }),
      )
      if (holders.length === 0) throw noSuchEnterprise()
      return {
        persons: holders.map(({ role, name, number }) => ({ key: role, name, number })),
      }
    },
    connections: (caller, creditCode, reason) =>
      reading(
        caller,
        async (session, scope, trx) => {
          const holders = await holdersOf(session, scope, creditCode)
          const keyed = holders.map((holder) => ({ ...holder, key: keyRing.personKey(holder.number) }))
          const watched = await watchedAmong(trx, [...new Set(keyed.map(({ key }) => key))])
          return connectionsOf(keyed, watched)
        },
        (found) => ({
          action: 'enterprises.connections',
          object: { kind: 'enterprise', id: creditCode },
          purpose: reason,
          detail: { shown: found.map((one) => one.personKey) },
        }),
      ),
  }
}

const invoiceObject = ({ invoiceCode, invoiceNo }: InvoiceKey) => ({
  kind: 'invoice',
  id: `${invoiceCode} ${invoiceNo}`,
})

const maskedOrNull = (name: string | null) => (name === null ? null : maskedName(name))
const maskedNumberOrNull = (number: string | null) => (number === null ? null : maskedTaxpayer(number))
const maskedVersion = (version: EnterpriseVersion) => ({
  ...version,
  legalRepName: maskedOrNull(version.legalRepName),
})

function maskedInvoice(invoice: InvoiceDetail): InvoiceDetail {
  return {
    ...invoice,
    buyerTaxNo: maskedNumberOrNull(invoice.buyerTaxNo),
    sellerTaxNo: maskedNumberOrNull(invoice.sellerTaxNo),
    drawer: maskedOrNull(invoice.drawer),
    seller: invoice.seller && maskedVersion(invoice.seller),
    reimbursements: invoice.reimbursements.map((one) => ({ ...one, claimant: maskedOrNull(one.claimant) })),
  }
}

function maskedEnterprise(enterprise: EnterpriseDetail): EnterpriseDetail {
  return {
    ...enterprise,
    versions: enterprise.versions.map(maskedVersion),
    shareholders: enterprise.shareholders.map((holder) =>
      holder.kind === 'person'
        ? { ...holder, holderName: maskedName(holder.holderName), holderCode: null }
        : holder,
    ),
  }
}

/** The persons named on an invoice, each under the place where the page shows him. */
function personsOf(invoice: InvoiceDetail): Unmasked['persons'] {
  const named: (readonly [string, string | null])[] = [
    ['drawer', invoice.drawer],
    ['legal_rep', invoice.seller?.legalRepName ?? null],
    ...invoice.reimbursements.map((one) => [one.reimbursementId, one.claimant] as const),
  ]
  const numbered = [
    ['buyer_tax_no', invoice.buyerTaxNo] as const,
    ['seller_tax_no', invoice.sellerTaxNo] as const,
  ]
  return [
    ...named.flatMap(([key, name]) => (name === null ? [] : [{ key, name, number: '' }])),
    ...numbered.flatMap(([key, number]) =>
      number !== null && isPersonal(number) ? [{ key, name: '', number }] : [],
    ),
  ]
}

type Keyed = Awaited<ReturnType<typeof holdersOf>>[number] & { readonly key: string }

function connectionsOf(
  holders: readonly Keyed[],
  watched: Awaited<ReturnType<typeof watchedAmong>>,
): WatchConnection[] {
  return holders.flatMap((holder) => {
    const { role, validFrom, validTo } = holder
    const own = watched.posts.find((post) => post.personKey === holder.key)
    const self = own
      ? [
          {
            ...{ personKey: own.personKey, personName: maskedName(own.personName), unitName: own.unitName },
            ...{ post: own.post, through: 'self', role, validFrom, validTo },
          },
        ]
      : []
    const throughKin = watched.relatives
      .filter((relative) => relative.relativeKey === holder.key)
      .map((relative) => ({
        ...{ personKey: relative.personKey, personName: relative.personName },
        ...{ unitName: relative.unitName, post: relative.post, through: relative.relation },
        ...{ role, validFrom, validTo },
      }))
    return [...self, ...throughKin.map((one) => ({ ...one, personName: maskedName(one.personName) }))]
  })
}
