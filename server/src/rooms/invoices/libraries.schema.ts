import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { calendarDate } from '#shared/calendar/index.ts'

const word = z.string().trim().min(1).max(60).optional()
const yuan = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,2})?$/, '金额须为元，最多两位小数 / yuan, two decimals')
  .optional()

export const invoiceQuery = pageQuery.extend({
  /** Beginning of the number, or a part of the buyer's or the seller's name. */
  text: word,
  /** A part of an item's name. */
  item: word,
  unit: z.string().trim().max(32).optional(),
  seller: z.string().trim().max(20).optional(),
  kind: z.string().max(30).optional(),
  state: z.enum(['normal', 'void', 'red']).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  least: yuan,
  most: yuan,
})
export type InvoiceQuery = z.infer<typeof invoiceQuery>

export const invoiceRow = z
  .object({
    /** Empty for a fully digital invoice. */
    invoiceCode: z.string(),
    invoiceNo: z.string(),
    kind: z.string(),
    state: z.string(),
    issuedOn: z.string(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    buyerName: z.string().nullable(),
    sellerName: z.string(),
    sellerTaxNo: z.string().nullable(),
    total: z.string(),
  })
  .meta({ id: 'InvoiceRow' })
export type InvoiceRow = z.infer<typeof invoiceRow>
export const invoicePage = pageOf(invoiceRow)

/** In an address a missing code is `-`. */
export const invoiceKey = z.object({
  invoiceCode: z.string().regex(/^(-|\d{10}|\d{12})$/),
  invoiceNo: z.string().regex(/^\d{8,20}$/),
})
export type InvoiceKey = z.infer<typeof invoiceKey>

const version = z.object({
  enterpriseName: z.string(),
  /** Masked. */
  legalRepName: z.string().nullable(),
  establishedOn: z.string(),
  state: z.string(),
  stateSince: z.string().nullable(),
  industry: z.string().nullable(),
  businessScope: z.string().nullable(),
  regionCode: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
})
export type EnterpriseVersion = z.infer<typeof version>

const link = z.object({
  invoiceCode: z.string(),
  invoiceNo: z.string(),
  issuedOn: z.string(),
  total: z.string(),
})

export const invoiceDetail = z
  .object({
    ...invoiceRow.shape,
    buyerTaxNo: z.string().nullable(),
    sellerAddress: z.string().nullable(),
    amount: z.string().nullable(),
    tax: z.string().nullable(),
    remark: z.string().nullable(),
    /** Masked. */
    drawer: z.string().nullable(),
    checkCode: z.string().nullable(),
    feed: z.string().nullable(),
    lines: z.array(
      z.object({
        lineNo: z.number().int(),
        itemName: z.string(),
        taxClassCode: z.string().nullable(),
        spec: z.string().nullable(),
        unitOfMeasure: z.string().nullable(),
        quantity: z.string().nullable(),
        unitPrice: z.string().nullable(),
        amount: z.string(),
        taxRate: z.string().nullable(),
        tax: z.string().nullable(),
      }),
    ),
    /** The seller as registered on the day of the invoice; null where no register entry counts on it. */
    seller: version.nullable(),
    reimbursements: z.array(
      z.object({
        reimbursementId: z.string(),
        /** Null for a unit outside the caller's part of the tree. */
        unitCode: z.string().nullable(),
        unitName: z.string().nullable(),
        claimedOn: z.string(),
        amount: z.string(),
        /** Masked. */
        claimant: z.string().nullable(),
        paymentId: z.string().nullable(),
      }),
    ),
    /** The invoice that this red-letter one reverses. */
    reverses: link.nullable(),
    reversedBy: z.array(link),
  })
  .meta({ id: 'InvoiceDetail' })
export type InvoiceDetail = z.infer<typeof invoiceDetail>

export const enterpriseQuery = pageQuery.extend({
  /** A part of the name, or the beginning of the credit code. */
  text: word,
  state: z.enum(['active', 'cancelled', 'revoked', 'abnormal']).optional(),
  region: z
    .string()
    .regex(/^\d{2,12}$/)
    .optional(),
})
export type EnterpriseQuery = z.infer<typeof enterpriseQuery>

export const enterpriseRow = z
  .object({
    creditCode: z.string(),
    enterpriseName: z.string(),
    legalRepName: z.string().nullable(),
    establishedOn: z.string(),
    state: z.string(),
    regionCode: z.string().nullable(),
    versions: z.number().int(),
  })
  .meta({ id: 'EnterpriseRow' })
export type EnterpriseRow = z.infer<typeof enterpriseRow>
export const enterprisePage = pageOf(enterpriseRow)

export const creditCode = z.object({ creditCode: z.string().regex(/^[0-9A-Z]{15,20}$/) })

export const enterpriseDetail = z
  .object({
    creditCode: z.string(),
    versions: z.array(version),
    shareholders: z.array(
      z.object({
        /** Masked for a person. */
        holderName: z.string(),
        /** The credit code of a holder that is an enterprise; null for a person. */
        holderCode: z.string().nullable(),
        kind: z.string(),
        capital: z.string().nullable(),
        ratio: z.string().nullable(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
      }),
    ),
    /** Invoices to units in the caller's part of the tree, those that bought most first. */
    buyers: z.array(
      z.object({
        unitCode: z.string(),
        unitName: z.string(),
        invoices: z.number().int(),
        total: z.string(),
        firstOn: z.string(),
        lastOn: z.string(),
      }),
    ),
  })
  .meta({ id: 'EnterpriseDetail' })
export type EnterpriseDetail = z.infer<typeof enterpriseDetail>

export const connection = z
  .object({
    /** Of the person on the watch list. */
    personKey: z.string(),
    personName: z.string(),
    unitName: z.string().nullable(),
    post: z.string().nullable(),
    /** `self`, or what the holder is to the person. */
    through: z.string(),
    role: z.enum(['legal_rep', 'shareholder']),
    validFrom: z.string(),
    validTo: z.string().nullable(),
  })
  .meta({ id: 'WatchConnection' })
export type WatchConnection = z.infer<typeof connection>
