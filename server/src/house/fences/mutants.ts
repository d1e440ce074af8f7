import type { FenceDatabase } from './fence-database.ts'

/** One thing taken away from the fences. Whatever it lets through, a cell of the matrix must notice. */
export interface Mutant {
  readonly name: string
  /** The table or function whose cells are asked first, and whose routes if the cells notice nothing. */
  readonly of: string
  readonly apply: string
  readonly undo: string
  /** Only the catalogue can tell: the owner's rights are not exercised by any way into the product. */
  readonly byCatalogue?: boolean
  /** A function: reached by routes too. */
  readonly isFunction?: boolean
}

interface Policy {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly permissive: boolean
  readonly command: string
  readonly roles: string
  readonly using: string | null
  readonly check: string | null
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'public') and n.nspname !~ '^pg_'`

/** Every policy dropped, opened for reading, opened for writing; every table without FORCE and without its fence. */
export async function policyMutants(database: FenceDatabase): Promise<readonly Mutant[]> {
  const policies = await database.superuser<Policy & { [column: string]: unknown }>(`
    select n.nspname as schema, c.relname as table, p.polname as name, p.polpermissive as permissive,
      case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
        as command,
      (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ')
        from unnest(p.polroles) r) as roles,
      pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} order by 1, 2, 3`)
  const tables = await database.superuser<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'p') order by 1`)
  return [
    ...policies.flatMap(mutantsOf),
    ...tables.flatMap(({ name }) => [
      {
        name: `${name} without FORCE`,
        of: name,
        apply: `alter table ${name} no force row level security`,
        undo: `alter table ${name} force row level security`,
        byCatalogue: true,
      },
      {
        name: `${name} without row-level security`,
        of: name,
        apply: `alter table ${name} disable row level security`,
        undo: `alter table ${name} enable row level security`,
      },
    ]),
  ]
}

function mutantsOf(policy: Policy): readonly Mutant[] {
  const of = `${policy.schema}.${policy.table}`
  const name = `"${policy.name}" on ${of}`
  const kind = policy.permissive ? '' : 'as restrictive '
  const undo = `create policy ${name} ${kind}for ${policy.command} to ${policy.roles}${
    policy.using === null ? '' : ` using (${policy.using})`
  }${policy.check === null ? '' : ` with check (${policy.check})`}`
  // The owner's own policies let his functions through: without one nothing leaks, but the product stands still.
  const byCatalogue = policy.name.startsWith('owner_of_')
  const without = {
    name: `${of}: ${policy.name} dropped`,
    of,
    apply: `drop policy ${name}`,
    undo,
    byCatalogue,
  }
  const opened = (clause: 'using' | 'with check', was: string): Mutant => ({
    name: `${of}: ${policy.name} ${clause} (true)`,
    of,
    apply: `alter policy ${name} ${clause} (true)`,
    undo: `alter policy ${name} ${clause} (${was})`,
  })
  return [
    without,
    ...(policy.using === null || policy.using === 'true' ? [] : [opened('using', policy.using)]),
    ...(policy.check === null || policy.check === 'true' ? [] : [opened('with check', policy.check)]),
  ]
}

/** A predicate of a function that looks past the fences, and what stands in its place. */
interface Predicate {
  readonly of: string
  readonly find: string
  readonly put: string
  /** Which of several occurrences; the first unless said otherwise. */
  readonly nth?: number
}

const inScope = (alias: string) =>
  `${alias}.org_path >= app.scope() and ${alias}.org_path < app.scope() || '/'`

/** The predicates one by one. */
const predicates: readonly Predicate[] = [
  { of: 'alerts.disclosed_hits', find: inScope('u'), put: 'true' },
  {
    of: 'alerts.disclosed_hits',
    find: `(app.has_role('unit_finance') or app.has_role('unit_head'))`,
    put: 'true',
  },
  { of: 'alerts.disclosed_hits', find: 'not (u.person_keys && permissions.caller_recusals())', put: 'true' },
  {
    of: 'alerts.disclosed_hits',
    find: 'not alerts.is_undisclosed(h.rule, h.condition, p.undisclosed_rules)',
    put: 'true',
  },
  { of: 'alerts.is_undisclosed', find: `or rule || '.' || condition = any (undisclosed)`, put: '' },
  { of: 'alerts.is_undisclosed', find: 'rule = any (undisclosed) or', put: '' },
  { of: 'alerts.unit_step', find: inScope('u'), put: 'true' },
  { of: 'alerts.unit_step', find: 'not (u.person_keys && permissions.caller_recusals())', put: 'true' },
  {
    of: 'alerts.unit_step',
    find: `or not (app.has_role('unit_finance') or app.has_role('unit_head'))`,
    put: '',
  },
  {
    of: 'alerts.unit_step',
    find: `(seen.state, to_state) not in (('dispatched', 'explained'), ('rectifying', 'rectified'))`,
    put: 'false',
  },
  { of: 'alerts.matching', find: "org_path >= app.scope() and org_path < app.scope() || '/'", put: 'true' },
  { of: 'alerts.take_back', find: 'and a.handed_on_at is not null', put: '' },
  {
    of: 'alerts.take_back',
    find: `a.org_path >= alerts.office_scope() and a.org_path < alerts.office_scope() || '/'`,
    put: 'true',
  },
  { of: 'alerts.take_back', find: 'not (a.person_keys && permissions.caller_recusals())', put: 'true' },
  { of: 'alerts.take_back', find: `or not app.has_role('case_manager')`, put: '' },
  {
    of: 'alerts.office_scope',
    find: `case when strpos(place, '.U') > 0 then '~' else place end`,
    put: 'place',
  },
  {
    of: 'alerts.readable_packs',
    find: `exists (select from alerts.pack_reader r where r.pack = p.pack and app.has_role(r.role))`,
    put: 'true',
  },
  { of: 'alerts.describe_pack', find: `not app.has_role('system')`, put: 'false' },
  { of: 'alerts.set_receivers', find: `not app.has_role('system')`, put: 'false' },
  { of: 'alerts.realign_terms', find: `not app.has_role('system')`, put: 'false' },
  { of: 'audit.seal', find: `not app.has_role('system')`, put: 'false' },
  { of: 'calendar.take_base', find: `not app.has_role('system')`, put: 'false' },
  {
    of: 'calendar.correct',
    find: `not (app.has_role('system_admin') or app.has_role('information_officer') or app.has_role('system'))`,
    put: 'false',
  },
  { of: 'identity.open_session', find: `not app.has_role('system')`, put: 'false' },
  { of: 'identity.promote_session', find: `not app.has_role('system')`, put: 'false' },
  { of: 'identity.end_sessions', find: `or app.has_role('system')`, put: 'or true' },
  {
    of: 'identity.end_sessions',
    find: `a.scope >= app.scope() and a.scope < app.scope() || '/'`,
    put: 'true',
  },
  { of: 'identity.end_sessions', find: `app.has_role('system_admin') and`, put: '' },
  {
    of: 'identity.last_sign_ins',
    find: `not (app.has_role('system_admin') or app.has_role('security_admin') or app.has_role('audit_admin'))`,
    put: 'false',
  },
  { of: 'identity.own_sessions', find: 'user_id = app.user_id()', put: 'true' },
  { of: 'identity.own_sessions', find: 'ended_at is null', put: 'true' },
  { of: 'identity.own_sessions', find: 'absolute_end > at', put: 'true' },
  { of: 'identity.own_sessions', find: 'last_seen_at + idle > at', put: 'true' },
  { of: 'identity.roles_at', find: `state = 'active'`, put: 'true' },
  { of: 'identity.roles_at', find: 'valid_from <= at', put: 'true' },
  { of: 'identity.roles_at', find: '(valid_to is null or valid_to > at)', put: 'true' },
  { of: 'identity.roles_at', find: 'user_id = of_user', put: 'true' },
  { of: 'identity.session_of', find: `token_hash = token and ended_at is null`, put: 'token_hash = token' },
  { of: 'identity.session_of', find: `a.state <> 'active'`, put: 'false' },
  { of: 'identity.session_of', find: 's.absolute_end <= at', put: 'false' },
  { of: 'identity.session_of', find: 's.last_seen_at + idle <= at', put: 'false' },
  { of: 'identity.token_caller', find: `and state = 'active'`, put: '' },
  { of: 'identity.token_caller', find: 'and expires_at > at', put: '' },
  { of: 'identity.heads_over', find: `h.state = 'active'`, put: 'false' },
  { of: 'identity.heads_over', find: 'head.scope = me.scope', put: 'true' },
  {
    of: 'permissions.recusals_of',
    find: 'select person_key as concerned from me',
    put: 'select null::text as concerned',
  },
  {
    of: 'permissions.recusals_of',
    find: 'union all select kin_key from permissions.kinship join me using (person_key)',
    put: '',
  },
  {
    of: 'permissions.recusals_of',
    find: 'union all select k.person_key from permissions.kinship k join me on k.kin_key = me.person_key',
    put: '',
  },
  { of: 'permissions.recusals_of', find: 'union all select unnest(identity.heads_over(account))', put: '' },
  {
    of: 'app.has_role',
    find: `role = any (string_to_array(current_setting('app.roles', true), ','))`,
    put: 'true',
  },
  ...['organisation.person_of_key', 'organisation.code_in_use'].map((of) => ({
    of,
    find: `not (app.has_role('system') or app.has_role('system_admin'))`,
    put: 'false',
  })),
  { of: 'fiscal.is_office', find: `app.has_role('finance_supervisor') or`, put: 'true or' },
  { of: 'rules.may_read', find: `'rule_editor',`, put: `'rule_editor', 'unit_head',` },
  { of: 'supervise.holds_one_of', find: 'app.has_role(role)', put: 'true' },
]

/** The mutants of the functions as they stand now; throws where a predicate is no longer found. */
export async function functionMutants(database: FenceDatabase): Promise<readonly Mutant[]> {
  const mutants: Mutant[] = []
  for (const { of, find, put } of predicates) {
    const [row] = await database.superuser<{ definition: string }>(
      'select pg_get_functiondef(to_regproc($1)) as definition',
      [of],
    )
    const definition = row?.definition ?? ''
    if (!definition.includes(find)) throw new Error(`${of} no longer holds: ${find}`)
    mutants.push({
      name: `${of}: ${find.slice(0, 70)} → ${put || 'nothing'}`,
      of,
      apply: definition.replace(find, () => put),
      undo: definition,
      isFunction: true,
    })
  }
  return mutants
}

/** Schemas whose mutants have all been tried; of them the tests draw some each time. */
export const provenSchemas: readonly string[] = [
  'alerts',
  'audit',
  'calendar',
  'exports',
  'files',
  'fiscal',
  'identity',
  'notices',
  'organisation',
  'permissions',
  'subjects',
  'supervise',
]

/** Those whose loss lets nothing through, and why. */
export const equivalent: Readonly<Record<string, string>> = {
  'audit.entry: entry_by_append with check (true)':
    'only audit.append writes, which takes the name from the session',
  'alerts.exception: exception_decide with check (true)':
    'the steps and the row itself forbid what the check would: nobody decides on his own, or in another’s name',
  'alerts.exception: exception_take_back with check (true)':
    'the row itself forbids that who proposed it is who decided, unless he takes it back',
  "alerts.office_scope: case when strpos(place, '.U') > 0 then '~' else place end → place":
    'nobody in a unit can hold a role of the office: identity.check_holding refuses it',
  'exports.register: register_finish with check (true)':
    'whose an entry is, is not among the columns that change',
  'fiscal.payment_request: request_deciders using (true)':
    'what is changed must be in sight, and the check asks who gives it which state',
  'fiscal.payment_request: request_explained using (true)':
    'what is changed must be in sight, and the check asks who gives it which state',
  'organisation.post_holding: holding_end using (true)':
    'what is changed must be in sight, and the check asks for the administrator in his own name',
  'subjects.watch_post: owner_of_watch_post dropped': 'no function of its owner reads or writes it',
  'subjects.watch_relative: owner_of_watch_relative dropped': 'no function of its owner reads or writes it',
  'intake.fault: fault_of_information_centre using (true)':
    'fault_in_part asks for the batch, which asks for the role',
  'intake.fault: fault_of_information_centre with check (true)':
    'fault_in_part asks for the batch, which asks for the role',
  'intake.fault: fault_of_sender using (true)': 'fault_in_part asks for the batch, which asks for its sender',
  'intake.fault: fault_of_sender with check (true)':
    'fault_in_part asks for the batch, which asks for its sender',
  'organisation.post: post_read using (true)':
    'organs’ posts are public, and post_in_part holds those of units',
  'organisation.post: post_write using (true)':
    'reading is post_read’s matter, and what is written its check refuses',
}
