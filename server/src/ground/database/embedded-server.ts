import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import {
  packagedBinaries,
  reachableBinaries,
  reachableByOthers,
  type ServerUser,
  serverUser,
} from './embedded-binaries.ts'

export interface EmbeddedServer {
  /** Folder of the Unix socket; no port is opened. */
  readonly socketFolder: string
  /** The cluster's files, for backup. */
  readonly dataFolder: string
  /** Stops with SIGINT (fast shutdown): clients are cut off, nothing committed is lost. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Settings beyond the defaults, as `-c name=value`. */
  readonly settings?: Readonly<Record<string, string>>
  readonly startTimeoutMilliseconds?: number
}

const superuser = 'postgres'

/** Where root's cluster goes when the wanted folder lies below one that other users may not enter. */
const closedFolderHome = '/var/lib/qingfeng'

/**
 * Starts the packaged PostgreSQL on `folder`, creating the cluster on first use. It listens on a Unix socket in a
 * folder only we may enter, so local trust is enough. A server orphaned by a killed process of ours is stopped first.
 */
export async function startEmbeddedServer(
  folder: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const user = serverUser()
  const wanted = resolve(folder)
  const closed = user !== undefined && !reachableByOthers(wanted)
  const dataFolder = closed ? join(closedFolderHome, shortHash(wanted)) : wanted
  const packaged = packagedBinaries()
  const binaries =
    user !== undefined && !reachableByOthers(join(packaged, 'postgres'))
      ? reachableBinaries(packaged, closedFolderHome)
      : packaged
  ownFolder(dataFolder, user)
  if (closed) writeFileSync(`${wanted}.location`, `${dataFolder}\n`)

  const socketFolder = join(tmpdir(), `qingfeng-${shortHash(dataFolder)}`)
  ownFolder(socketFolder, user)
  const run = { cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'Asia/Shanghai' }, ...user }

  if (!existsSync(join(dataFolder, 'PG_VERSION'))) createCluster(binaries, dataFolder, run)
  else if (user && holdsForeign(dataFolder, user)) ownTree(dataFolder, user)
  stopOrphan(binaries, dataFolder, run)
  return startProcess(binaries, dataFolder, socketFolder, run, options)
}

/** Removes the cluster that `startEmbeddedServer(folder)` made, wherever it had to be put. The server must be stopped. */
export function removeEmbeddedServer(folder: string): void {
  const location = `${resolve(folder)}.location`
  if (existsSync(location)) {
    rmSync(readFileSync(location, 'utf8').trim(), { recursive: true, force: true })
    rmSync(location)
  }
  rmSync(folder, { recursive: true, force: true })
}

type RunOptions = { cwd: string; env: Record<string, string> } & Partial<ServerUser>

function createCluster(binaries: string, dataFolder: string, run: RunOptions): void {
  const result = spawnSync(
    join(binaries, 'initdb'),
    [
      ['-D', dataFolder, '-U', superuser, '-A', 'trust', '--encoding=UTF8', '--locale=C'],
      ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ].flat(),
    { ...run, encoding: 'utf8' },
  )
  if (result.status !== 0) throw new Error(`initdb failed: ${result.stderr || result.error?.message}`)
}

/** After a kill -9 of our process the server lives on; our own lock on DATA_DIR already says that nobody else uses it. */
function stopOrphan(binaries: string, dataFolder: string, run: RunOptions): void {
  const pidFile = join(dataFolder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (isPostgresProcess(pid)) {
    spawnSync(join(binaries, 'pg_ctl'), ['-D', dataFolder, 'stop', '-m', 'fast', '-w', '-t', '30'], run)
  }
  if (existsSync(pidFile) && !isPostgresProcess(pid)) rmSync(pidFile, { force: true })
}

/** A process number may have been given to a stranger since: the name decides, not the number. */
function isPostgresProcess(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  const named = spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' })
  if (named.error)
    return existsSync(`/proc/${pid}/comm`) && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  return named.stdout.includes('postgres')
}

function startProcess(
  binaries: string,
  dataFolder: string,
  socketFolder: string,
  run: RunOptions,
  options: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    TimeZone: 'Asia/Shanghai',
    log_min_messages: 'warning',
    max_connections: '80',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(binaries, 'postgres'), ['-D', dataFolder, ...flags], {
    ...run,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must reach us first, so that we can close in order.
    detached: true,
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const server: EmbeddedServer = {
    socketFolder,
    dataFolder,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await ended
    },
  }
  return new Promise((ready, failed) => {
    let said = ''
    const timeout = setTimeout(() => {
      child.kill('SIGQUIT')
      failed(new Error(`PostgreSQL did not start in time:\n${said}`))
    }, options.startTimeoutMilliseconds ?? 60_000)
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      if (said.length < 20_000) said += text
      if (said.includes('ready to accept connections')) {
        clearTimeout(timeout)
        child.stderr.resume()
        ready(server)
      }
    })
    child.once('error', failed)
    child.once('exit', () => {
      clearTimeout(timeout)
      failed(new Error(`PostgreSQL ended while starting:\n${said}`))
    })
  })
}

function ownFolder(folder: string, user: ServerUser | undefined): void {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o711 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (user) chownSync(folder, user.uid, user.gid)
}

/** Whether something in the cluster belongs to another than its server's user. */
function holdsForeign(folder: string, user: ServerUser): boolean {
  return readdirSync(folder).some((entry) => statSync(join(folder, entry)).uid !== user.uid)
}

/** Files that root put back from a backup belong to root, and the server's user could not read them. */
function ownTree(folder: string, user: ServerUser): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), user.uid, user.gid)
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
