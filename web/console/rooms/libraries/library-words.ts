/** The closed lists of the libraries, as the server's filters and the words for them name them. */
export const invoiceKinds = [
  'vat_special',
  'vat_ordinary',
  'vat_electronic',
  'digital_special',
  'digital_ordinary',
  'fixed_amount',
  'roll',
] as const
export const invoiceStates = ['normal', 'void', 'red'] as const
export const enterpriseStates = ['active', 'cancelled', 'revoked', 'abnormal'] as const

/** The page of an invoice; a fully digital one has no code. */
export const invoiceAddress = (invoice: { invoiceCode: string; invoiceNo: string }) =>
  `/libraries/invoices/${invoice.invoiceCode || '-'}/${invoice.invoiceNo}`
