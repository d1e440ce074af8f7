/** Every page of the console in one place: the checks walk this list, and the pictures in `docs/screens` are taken of it. */
export interface ShownPage {
  /** Of its picture. */
  readonly name: string
  /** Who looks: a demo account; without one the page is looked at before signing in. */
  readonly username?: string
  readonly path: string
  /** Follows the first link of the first table, to a page of one record. */
  readonly first?: true
  /** And from there a link that ends so, to what belongs to the record. */
  readonly onward?: string
  /** Says why, where nothing is shown before. */
  readonly reason?: true
  /** What is there once the page is. */
  readonly ready?: string
}

export const pages: readonly ShownPage[] = [
  { name: 'sign-in', path: '/', ready: 'button[type=submit]' },
  { name: 'workbench', username: 'jiandu', path: '/' },
  { name: 'alerts', username: 'jiandu', path: '/alerts', ready: '.alert-totals[data-count]' },
  { name: 'alert', username: 'jiandu', path: '/alerts?level=red', first: true, ready: '.sentence' },
  {
    name: 'explanation-request',
    username: 'jiandu',
    path: '/alerts?state=dispatched',
    first: true,
    onward: '/request',
    reason: true,
    ready: '.sheet',
  },
  { name: 'exceptions', username: 'jiandu', path: '/exceptions' },
  { name: 'suppressed-hits', username: 'jiandu', path: '/exceptions?tab=suppressed' },
  { name: 'board-fiscal', username: 'jiandu', path: '/boards/fiscal', ready: '.board-panel svg' },
  {
    name: 'board-invoices',
    username: 'jiandu',
    path: '/boards/invoices?by=occurred',
    ready: '.board-panel svg',
  },
  { name: 'wall', username: 'jiandu', path: '/wall', ready: '.wall-box svg' },
  { name: 'invoice-library', username: 'jiandu', path: '/libraries/invoices', ready: 'tbody a' },
  { name: 'invoice', username: 'jiandu', path: '/libraries/invoices', first: true, ready: '.wide-facts' },
  {
    name: 'watch-list',
    username: 'jiandu',
    path: '/libraries/watch-list',
    reason: true,
    ready: 'tbody button',
  },
  { name: 'enterprise-library', username: 'jiandu', path: '/libraries/enterprises', ready: 'tbody a' },
  {
    name: 'enterprise',
    username: 'jiandu',
    path: '/libraries/enterprises',
    first: true,
    ready: '.wide-facts',
  },
  { name: 'supervision', username: 'jiandu', path: '/supervision' },
  { name: 'organisation', username: 'jiandu', path: '/organisation?unit=001046', ready: 'tbody a' },
  { name: 'units', username: 'jiandu', path: '/units', ready: 'tbody tr' },
  { name: 'unit', username: 'xitong', path: '/units/001046', ready: 'tbody a' },
  { name: 'person', username: 'jiandu', path: '/units/001046', first: true, ready: '.person-posts tbody tr' },
  { name: 'calendar', username: 'jiandu', path: '/calendar', ready: '.month' },
  { name: 'handovers', username: 'jiandu', path: '/handovers' },
  { name: 'own-account', username: 'jiandu', path: '/me' },
  { name: 'unit-alerts', username: 'caiwu1', path: '/unit-alerts', ready: 'tbody a' },
  { name: 'unit-alert', username: 'caiwu1', path: '/unit-alerts', first: true, ready: '.sentence' },
  { name: 'intake', username: 'xinxi', path: '/intake', ready: 'tbody tr' },
  { name: 'intake-new', username: 'xinxi', path: '/intake/new?dataset=payment' },
  { name: 'intake-documents', username: 'xinxi', path: '/intake/new?dataset=einvoice' },
  { name: 'intake-drop', username: 'xinxi', path: '/intake-drop' },
  { name: 'invoice-conflicts', username: 'xinxi', path: '/invoice-conflicts' },
  { name: 'rule-quality', username: 'jiandu', path: '/rule-quality', ready: 'tbody a[data-count]' },
  { name: 'sample-items', username: 'jiandu', path: '/sample-items', ready: 'tbody a' },
  { name: 'sample-item', username: 'jiandu', path: '/sample-items', first: true, ready: 'dl.facts' },
  { name: 'rules', username: 'guize', path: '/rules', ready: 'tbody tr' },
  { name: 'rule', username: 'guize', path: '/rules/ZF12' },
  { name: 'keywords', username: 'guize', path: '/keywords' },
  { name: 'decision-tables', username: 'guize', path: '/decision-tables' },
  { name: 'rule-proposals', username: 'shenpi', path: '/rule-proposals' },
  { name: 'composed-rules', username: 'guize', path: '/composed-rules' },
  { name: 'replays', username: 'guize', path: '/rule-replays' },
  { name: 'payment-requests', username: 'caizheng', path: '/payment-requests' },
  { name: 'accounts', username: 'xitong', path: '/accounts', ready: 'tbody tr' },
  { name: 'permissions', username: 'xitong', path: '/permissions', ready: 'tbody tr' },
  { name: 'roles', username: 'anquan', path: '/roles' },
  { name: 'identity-policy', username: 'anquan', path: '/identity-policy', ready: 'tbody tr' },
  { name: 'api-tokens', username: 'xitong', path: '/api-tokens' },
  { name: 'audit', username: 'shenji', path: '/audit', ready: 'tbody tr' },
  { name: 'exports', username: 'shenji', path: '/exports', ready: 'tbody tr' },
]

export const languages = ['zh', 'en'] as const
export const widths = [1440, 390] as const
