import { resolve } from 'node:path'
import { z } from 'zod'

/** A setting that cannot be used: which, and what it must be. The start ends with this one sentence. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const port = z.coerce.number().int().min(0).max(65_535)
const yes = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

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
  TRUST_PROXY: z.string().optional(),
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

const wanted: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://user:password@host:5432/name',
  WAREHOUSE_URL: 'postgres://user:password@host:5432/name',
  TRUST_PROXY: 'addresses of the proxy, comma-separated',
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
    const faults = result.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return `  ${name}: ${issue.message}${wanted[name] ? ` (${wanted[name]})` : ''}`
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
