import { accessSync, constants } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'

/** A setting that cannot be used: which, and what it must be. The start ends with this one sentence. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const port = z.coerce.number().int().min(0).max(65_535)
const yes = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

/** Addresses or networks such as 10.0.0.0/8, comma-separated: a name or `*` would let anybody say where he comes from. */
function areAddresses(text: string): boolean {
  return text.split(',').every((part) => {
    const [address = '', bits = '', ...rest] = part.trim().split('/')
    const version = isIP(address)
    const longest = version === 6 ? 128 : 32
    return (
      version !== 0 &&
      rest.length === 0 &&
      (bits === '' || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
    )
  })
}

const environment = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_APP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WAREHOUSE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WAREHOUSE_MEMORY_MB: z.coerce.number().int().min(200).max(1_000_000).default(600),
  HOST: z.string().min(1).default('127.0.0.1'),
  CONSOLE_PORT: port.default(8080),
  PUBLIC_URL: z.url().optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TRUST_PROXY: z.string().refine(areAddresses).optional(),
  CRYPTO_SUITE: z.enum(['default', 'gm']).default('default'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ORGAN_NAME: z.string().min(1).max(60).default('清风监督系统'),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(5).max(120).default(30),
  SESSION_ABSOLUTE_HOURS: z.coerce.number().int().min(1).max(24).default(12),
  ONE_SESSION_PER_ACCOUNT: yes.default(false),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ACCOUNT_CLAIM: z.string().min(1).max(60).default('sub'),
  SMS_URL: z.url().optional(),
  SMS_TOKEN: z.string().optional(),
  DROP_FOLDER: z.string().optional(),
  DROP_MODE: z.enum(['all', 'good']).default('all'),
  DROP_SETTLE_SECONDS: z.coerce.number().int().min(5).max(86_400).default(60),
})

export type Config = ReturnType<typeof shape>

/** What each setting must be, said when it is not. */
const wanted: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  DATA_DIR: ['一个可写的目录', 'a folder that can be written'],
  DATABASE_URL: ['postgres://用户:口令@主机:5432/库名', 'postgres://user:password@host:5432/name'],
  DATABASE_APP_URL: ['postgres://qf_app:口令@主机:5432/库名', 'postgres://qf_app:password@host:5432/name'],
  WAREHOUSE_URL: ['postgres://用户:口令@主机:5432/库名', 'postgres://user:password@host:5432/name'],
  WAREHOUSE_MEMORY_MB: ['200 至 1000000 的整数（MB）', 'a whole number of megabytes from 200 to 1000000'],
  HOST: ['监听地址，如 127.0.0.1', 'an address to listen on, such as 127.0.0.1'],
  CONSOLE_PORT: ['0 至 65535 的整数', 'a whole number from 0 to 65535'],
  PUBLIC_URL: ['浏览器访问的网址，如 https://…', 'the address that browsers use, such as https://…'],
  CRYPTO_SUITE: ['default 或 gm', 'default or gm'],
  LOG_LEVEL: ['debug、info、warn、error 或 silent', 'debug, info, warn, error or silent'],
  ORGAN_NAME: ['1 至 60 个字', '1 to 60 characters'],
  SESSION_IDLE_MINUTES: ['5 至 120 的整数（分钟）', 'a whole number of minutes from 5 to 120'],
  SESSION_ABSOLUTE_HOURS: ['1 至 24 的整数（小时）', 'a whole number of hours from 1 to 24'],
  ONE_SESSION_PER_ACCOUNT: ['true 或 false', 'true or false'],
  TRUST_PROXY: ['代理的 IP 地址或网段，逗号分隔', 'addresses or networks of the proxy, comma-separated'],
  OIDC_ISSUER: ['单点登录服务的网址', 'the address of the single sign-on provider'],
  OIDC_ACCOUNT_CLAIM: ['1 至 60 个字符的声明名', 'the name of a claim, 1 to 60 characters'],
  SMS_URL: ['短信网关的网址', 'the address of the text message gateway'],
  DROP_MODE: ['all 或 good', 'all or good'],
  DROP_SETTLE_SECONDS: ['5 至 86400 的整数（秒）', 'a whole number of seconds from 5 to 86400'],
}

/**
 * Reads every setting from the environment once; nothing else reads it. Throws a ConfigError that names each unusable
 * setting, in Chinese and English, without its value (it may be a secret).
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  options: { demo?: boolean } = {},
): Config {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(filled)
  if (!result.success) {
    const names = [...new Set(result.error.issues.map((issue) => String(issue.path[0])))]
    const faults = names.map((name) => {
      const [zh, en] = wanted[name]!
      return `  ${name}：须为：${zh}。It must be ${en}.`
    })
    throw new ConfigError(`配置有误，未启动。These settings cannot be used:\n${faults.join('\n')}`)
  }
  const config = shape(result.data, options.demo ?? false)
  checkTogether(config)
  return config
}

function shape(env: z.infer<typeof environment>, demo: boolean) {
  const dataFolder = resolve(env.DATA_DIR)
  return {
    demo,
    dataFolder,
    organName: env.ORGAN_NAME,
    database: { url: env.DATABASE_URL, applicationUrl: env.DATABASE_APP_URL },
    warehouse: { url: env.WAREHOUSE_URL, memoryMegabytes: env.WAREHOUSE_MEMORY_MB },
    http: {
      host: env.HOST,
      consolePort: env.CONSOLE_PORT,
      publicUrl: env.PUBLIC_URL,
      tls:
        env.TLS_CERT_FILE || env.TLS_KEY_FILE
          ? { certificateFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE }
          : undefined,
      trustProxy: env.TRUST_PROXY?.split(',').map((address) => address.trim()),
    },
    crypto: { suite: env.CRYPTO_SUITE },
    log: { level: env.LOG_LEVEL },
    session: {
      idleMinutes: env.SESSION_IDLE_MINUTES,
      absoluteHours: env.SESSION_ABSOLUTE_HOURS,
      onePerAccount: env.ONE_SESSION_PER_ACCOUNT,
    },
    oidc: env.OIDC_ISSUER
      ? {
          issuer: env.OIDC_ISSUER,
          clientId: env.OIDC_CLIENT_ID,
          clientSecret: env.OIDC_CLIENT_SECRET,
          claim: env.OIDC_ACCOUNT_CLAIM,
        }
      : undefined,
    sms: env.SMS_URL ? { url: env.SMS_URL, token: env.SMS_TOKEN } : undefined,
    drop: {
      folder: env.DROP_FOLDER ? resolve(env.DROP_FOLDER) : resolve(dataFolder, 'drop'),
      mode: env.DROP_MODE,
      settleSeconds: env.DROP_SETTLE_SECONDS,
    },
  } as const
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

function checkTogether(config: Config): void {
  if (config.demo && !loopback.has(config.http.host)) {
    throw new ConfigError(
      '演示数据只能在本机地址上运行，请将 HOST 设为 127.0.0.1。The demo serves on a loopback address only; set HOST to 127.0.0.1.',
    )
  }
  const tls = config.http.tls
  if (tls && !(tls.certificateFile && tls.keyFile)) {
    throw new ConfigError(
      'TLS_CERT_FILE 与 TLS_KEY_FILE 须同时设置。TLS_CERT_FILE and TLS_KEY_FILE belong together.',
    )
  }
  for (const [name, file] of [
    ['TLS_CERT_FILE', tls?.certificateFile],
    ['TLS_KEY_FILE', tls?.keyFile],
  ] as const) {
    if (file && !isReadable(file))
      throw new ConfigError(`${name} 所指的文件读不到。The file that ${name} names cannot be read.`)
  }
  if (!tls && !config.http.trustProxy && !loopback.has(config.http.host)) {
    throw new ConfigError(
      '对外监听须设 TLS_CERT_FILE/TLS_KEY_FILE，或经代理并设 TRUST_PROXY。A server open to others needs TLS_CERT_FILE and TLS_KEY_FILE, or a proxy named in TRUST_PROXY.',
    )
  }
  if (config.oidc && !(config.oidc.clientId && config.oidc.clientSecret)) {
    throw new ConfigError(
      'OIDC_ISSUER 须同时设置 OIDC_CLIENT_ID 与 OIDC_CLIENT_SECRET。OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
    )
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
