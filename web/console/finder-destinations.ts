/** Where a search can lead: a list narrowed by what was written, or the record itself. */
export interface Destination {
  /** Key of its words below `shell.finder`. */
  readonly name: string
  readonly address: string
}

interface Candidate {
  readonly name: string
  readonly permission: string
  /** Undefined where the text cannot be meant so. */
  address(text: string): string | undefined
}

const list = (path: string, name: string, form?: RegExp) => (text: string) =>
  text.length >= 2 && (!form || form.test(text))
    ? `${path}?${new URLSearchParams({ [name]: text })}`
    : undefined

/** Numbers have forms of their own and come first; words are looked for in every list that one may open. */
const candidates: readonly Candidate[] = [
  {
    name: 'rule',
    permission: 'rules.read',
    address: (text) => (/^(R|ZF|YS)\d{2}$/i.test(text) ? `/rules/${text.toUpperCase()}` : undefined),
  },
  {
    name: 'composedRule',
    permission: 'rules.read_composed',
    address: (text) => (/^ZD\d{2,}$/i.test(text) ? `/composed-rules/${text.toUpperCase()}` : undefined),
  },
  {
    name: 'enterprise',
    permission: 'invoices.read',
    address: (text) =>
      /^[0-9A-HJ-NP-RTUWXY]{18}$/i.test(text) ? `/libraries/enterprises/${text.toUpperCase()}` : undefined,
  },
  { name: 'alerts', permission: 'alerts.read', address: list('/alerts', 'text') },
  { name: 'requests', permission: 'fiscal.read', address: list('/payment-requests', 'text') },
  { name: 'unitRequests', permission: 'fiscal.explain', address: list('/unit-payment-requests', 'text') },
  { name: 'invoices', permission: 'invoices.read', address: list('/libraries/invoices', 'text') },
  { name: 'items', permission: 'invoices.read', address: list('/libraries/invoices', 'item', /\D/) },
  { name: 'enterprises', permission: 'invoices.read', address: list('/libraries/enterprises', 'text') },
  { name: 'units', permission: 'organisation.read', address: list('/units', 'q') },
  { name: 'accounts', permission: 'identity.read_accounts', address: list('/accounts', 'q') },
]

/** Numbers of records by their first letters: only one list can hold them. */
const numbered: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^YJ\d{4,}$/i, ['alerts']],
  [/^SQ\d{4,}$/i, ['requests', 'unitRequests']],
  [/^(\d{8}|\d{20})$/, ['invoices', 'alerts', 'units']],
]

/** What the text can lead to, the likeliest first. Persons are not among it: they are looked for with a reason. */
export function destinationsOf(text: string, may: (permission: string) => boolean): readonly Destination[] {
  const wanted = text.trim()
  const only = numbered.find(([form]) => form.test(wanted))?.[1]
  return candidates.flatMap(({ name, permission, address }) => {
    if (!may(permission) || (only && !only.includes(name))) return []
    const leads = address(wanted)
    return leads ? [{ name, address: leads }] : []
  })
}
