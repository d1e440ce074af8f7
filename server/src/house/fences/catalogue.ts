import type { FenceDatabase } from './fence-database.ts'

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'public') and n.nspname !~ '^pg_'`

/** Tables that functions past the fences read or write: their owner needs a policy of his own, as FORCE binds him too. */
const reachedByFunctions = [
  ...[
    'pack',
    'pack_reader',
    'pack_term',
    'pack_dispatch',
    'grading',
    'alert',
    'alert_hit',
    'unit_item',
    'event',
    'clue',
  ].map((name) => `alerts.${name}`),
  ...['leaf', 'checkpoint', 'unsealed'].map((name) => `audit.${name}`),
  ...['year', 'base_day', 'correction', 'day'].map((name) => `calendar.${name}`),
  ...['account', 'session', 'role_holding', 'api_token', 'handover', 'handover_item'].map(
    (name) => `identity.${name}`,
  ),
  ...['notice', 'text_message'].map((name) => `notices.${name}`),
  ...['region', 'unit', 'person'].map((name) => `organisation.${name}`),
  ...['exclusive_roles', 'person_of_user', 'kinship'].map((name) => `permissions.${name}`),
  ...['slip', 'slip_event'].map((name) => `supervise.${name}`),
  'ground.migration',
]

/** What must hold of the catalogue itself, whatever stands in the rows. Returns what does not. */
export async function catalogueFaults(database: FenceDatabase): Promise<readonly string[]> {
  const rows = await database.superuser<{ fault: string }>(
    `
    select format('%I.%I is without row-level security, or its owner escapes it', n.nspname, c.relname) as fault
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
    union all
    select format('the view %I.%I shows what its owner sees', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and c.relkind in ('v', 'm') and not coalesce(c.reloptions @> '{security_invoker=true}', false)
    union all
    select format('the application''s role owns %s %s', k.kind, k.name) from (
      select 'the relation' as kind, oid::regclass::text as name, relowner as owner from pg_class
      union all select 'the function', oid::regprocedure::text, proowner from pg_proc
      union all select 'the schema', nspname::text, nspowner from pg_namespace
      union all select 'the database', datname::text, datdba from pg_database) k
      where k.owner = 'qf_app'::regrole
    union all
    select format('the role %I may too much', rolname) from pg_roles
      where rolname = 'qf_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    union all
    select format('the role qf_app is a member of %s', roleid::regrole) from pg_auth_members where member = 'qf_app'::regrole
    union all
    select format('%s looks past the fences with whatever search_path its caller has', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ours} and p.prosecdef
        and not exists (select from unnest(p.proconfig) c where c like 'search_path=pg_catalog%')
    union all
    select format('%s looks past the fences and may be called by everyone', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ours} and p.prosecdef and p.prorettype <> 'trigger'::regtype
        and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'))
    union all
    select format('the functions of %s cannot reach it: its owner has no policy', t)
      from unnest($1::text[]) t
      where not exists (select from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polrelid = to_regclass(t) and p.polcmd = '*' and p.polroles = array[c.relowner])
    union all
    select format('everyone may use %I.%I', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where ${ours} and a.grantee = 0
    order by 1`,
    [reachedByFunctions],
  )
  return rows.map(({ fault }) => fault)
}

/** Every table of ours, as `schema.table`. */
export async function tablesOf(database: FenceDatabase): Promise<readonly string[]> {
  const rows = await database.superuser<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'p') order by 1`)
  return rows.map(({ name }) => name)
}
