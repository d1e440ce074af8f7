/**
 * THE list: every place of the server in the order in which data flows. The linter (dependency-cruiser) and the map
 * in ARCHITECTURE.md are made from it. A later place may import an earlier one; never the other way round.
 */

/** What knows nothing of supervision, in the order in which its parts may know each other. */
export const ground = [
  'errors',
  'money',
  'time',
  'ids',
  'config',
  'log',
  'crypto',
  'paging',
  'masking',
  'database',
  'warehouse',
  'http',
  'testing',
]

/** Services every room may use; each may use the ones before it. */
export const shared = [
  'datasets',
  'permissions',
  'audit',
  'organisation',
  'identity',
  'calendar',
  'files',
  'jobs',
  'notices',
  'intake',
  'exports',
  'rules',
  'supervise',
]

/** The rooms, in the order of the flow. */
export const river = ['subjects', 'invoices', 'fiscal', 'alerts']

/** Rooms side by side are strangers to each other. */
export const strangers = [['invoices', 'fiscal']]
