import pg from 'pg'
import { ConfigError } from '#ground/config/index.ts'

/** `uuidv7()` and the builtin locale come with it. */
const oldestVersion = 180_000

const connectFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    '连接被拒绝，请检查主机、端口及服务是否已启动。Nothing answers there; check host and port, and whether it runs.',
  ENOTFOUND: '找不到主机。The host name is not known.',
  ETIMEDOUT: '连接超时。It does not answer in time.',
  '28P01': '用户名或口令不正确。The user name or the password is wrong.',
  '28000':
    '服务器不接受该用户从本机登录，请检查 pg_hba.conf。The server does not take this user from here; check pg_hba.conf.',
  '3D000': '数据库不存在，请先建立。The database does not exist; create it first.',
}

/** Connects, or says of the setting in one sentence why that cannot be; never with its value, which holds a password. */
async function connectTo(setting: string, config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  try {
    await client.connect()
    return client
  } catch (error) {
    const sentence = connectFaults[(error as { code?: string }).code ?? '']
    if (!sentence) throw error
    throw new ConfigError(`${setting}：${sentence}`)
  }
}

interface OwnerFacts {
  readonly version: number
  readonly encoding: string
  readonly sorts: boolean
  readonly creates: boolean
  readonly bypasses: boolean
  readonly makesRoles: boolean
  readonly keepsRole: boolean
  readonly roleThere: boolean
  readonly foreign: string | null
}

/**
 * Checks a PostgreSQL of somebody else's before anything is written into it: its version, how it sorts, and whether the
 * role of DATABASE_URL may do what migrations need. Throws a ConfigError with the one thing that is missing.
 */
export async function checkOwner(
  config: pg.ClientConfig,
  /** The installation keeps the password of qf_app itself, unless DATABASE_APP_URL brings it. */
  keepsPassword: boolean,
): Promise<void> {
  const client = await connectTo('DATABASE_URL', config)
  try {
    const { rows } = await client.query<OwnerFacts>(`select
      current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      array(select x from unnest(array['a', 'B', '一', 'é']) x order by x) = array['B', 'a', 'é', '一'] as sorts,
      has_database_privilege(current_database(), 'create') as creates,
      r.rolsuper or r.rolbypassrls as bypasses, r.rolsuper or r.rolcreaterole as "makesRoles",
      r.rolsuper or (r.rolcreaterole and exists (select from pg_auth_members m where m.admin_option
        and m.roleid = to_regrole('qf_app') and m.member = r.oid)) as "keepsRole",
      exists (select from pg_roles where rolname = 'qf_app') as "roleThere",
      (select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'ground' and c.relname = 'migration' and not pg_has_role(c.relowner, 'usage')) as foreign
      from pg_roles r where r.rolname = current_user`)
    const fault = ownerFault(rows[0]!, keepsPassword)
    if (fault) throw new ConfigError(`DATABASE_URL：${fault}`)
  } finally {
    await client.end()
  }
}

function ownerFault(facts: OwnerFacts, keepsPassword: boolean): string | undefined {
  if (facts.version < oldestVersion) return '需要 PostgreSQL 18 或更新版本。PostgreSQL 18 or newer is needed.'
  if (facts.encoding !== 'UTF8') return '数据库编码须为 UTF8。The encoding of the database must be UTF8.'
  if (!facts.sorts)
    return '数据库须按码位排序，请用 builtin 的 C.UTF-8 建库。The database must sort by code point; create it with the builtin locale C.UTF-8.'
  if (!facts.creates)
    return '该用户须有在此数据库建立模式的权限（GRANT CREATE ON DATABASE）。The role needs CREATE on the database.'
  // Migrations fill tables whose fences bind their owner too.
  if (!facts.bypasses)
    return '该用户须有 SUPERUSER 或 BYPASSRLS 权限，以便迁移写入受行级安全保护的表；应用本身不用此用户。The role needs SUPERUSER or BYPASSRLS, since migrations write into fenced tables; the application itself does not use it.'
  if (facts.foreign)
    return '库中的表属于其他用户，请用建库时的用户连接。The tables there belong to another role; connect as the one that made them.'
  if (!facts.roleThere && !facts.makesRoles)
    return '该用户须有 CREATEROLE 权限，以便建立应用用户 qf_app；或请管理员先行建立。The role needs CREATEROLE to make the application’s role qf_app, unless an administrator makes it first.'
  if (facts.roleThere && keepsPassword && !facts.keepsRole)
    return '应用用户 qf_app 已存在而该用户无权为其设置口令，请另设 DATABASE_APP_URL。The role qf_app is there and this role may not set its password; set DATABASE_APP_URL.'
  return undefined
}

/** The application works as qf_app and as nobody who could step over the fences. Throws a ConfigError otherwise. */
export async function checkApplication(setting: string, config: pg.ClientConfig): Promise<void> {
  const client = await connectTo(setting, config)
  try {
    const { rows } = await client.query<{ name: string; above: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls or rolcreaterole as above from pg_roles where rolname = current_user`,
    )
    const { name, above } = rows[0]!
    if (name !== 'qf_app')
      throw new ConfigError(
        `${setting}：应用须以用户 qf_app 连接。The application must connect as the role qf_app.`,
      )
    if (above)
      throw new ConfigError(
        `${setting}：用户 qf_app 不得有 SUPERUSER、BYPASSRLS 或 CREATEROLE，否则行级安全不起作用。The role qf_app must have none of SUPERUSER, BYPASSRLS and CREATEROLE: the fences would not hold.`,
      )
  } finally {
    await client.end()
  }
}

/** Says of a setting why its server cannot be reached, before anything needs it. */
export async function checkReachable(setting: string, config: pg.ClientConfig): Promise<void> {
  const client = await connectTo(setting, config)
  await client.end()
}
