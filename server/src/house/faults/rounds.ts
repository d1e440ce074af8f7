import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { auditVerify } from '../commands/audit.ts'
import type { Sight } from './victim.ts'

/** An installation of its own that is killed and looked at. */
export interface Installation {
  readonly dataFolder: string
}

const victim = join(import.meta.dirname, 'victim.ts')

/** Does the acts to their end, in one process. Returns what each `look` among them saw. */
export async function undisturbed(at: Installation, ...acts: readonly string[]): Promise<readonly Sight[]> {
  const { child, lines, said } = start(at, acts)
  const seen: Sight[] = []
  for await (const line of lines) if (line.startsWith('{')) seen.push(JSON.parse(line) as Sight)
  const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once('exit', done)))
  if (code !== 0) throw new Error(`${acts.join(', ')} ended with ${code}: ${said()}`)
  return seen
}

/**
 * Begins an act and kills the server and its PostgreSQL, with everything that they started, so long after its beginning.
 * @returns whether it was killed in the middle; otherwise the act was over before
 */
export async function killed(at: Installation, act: string, afterMilliseconds: number): Promise<boolean> {
  const { child, lines, said } = start(at, [act])
  let over = false
  let later: NodeJS.Timeout | undefined
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  for await (const line of lines) {
    if (line === 'begun') later = setTimeout(() => killWhole(at, child), afterMilliseconds)
    if (line === 'ended') {
      over = true
      // Not once more: by then another server may stand on the same data.
      clearTimeout(later)
      killWhole(at, child)
    }
  }
  await gone
  if (child.signalCode !== 'SIGKILL') throw new Error(`${act} ended by itself: ${said()}`)
  return !over
}

/** Whether a log that the act `export` wrote is whole, as somebody elsewhere would find. */
export async function logVerifies(file: string): Promise<boolean> {
  return (await auditVerify.run({ print: () => {}, complain: () => {} }, { log: file })) === 0
}

function start({ dataFolder }: Installation, acts: readonly string[]) {
  const child = spawn(process.execPath, [victim, ...acts], {
    env: { ...process.env, DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let told = ''
  child.stderr.on('data', (text) => {
    told += text
  })
  return { child, lines: createInterface({ input: child.stdout }), said: () => told }
}

/** PostgreSQL first: told of the server's death it could still end in order, which is not what is tried here. */
function killWhole({ dataFolder }: Installation, child: ChildProcess): void {
  for (const pid of postgresProcesses(dataFolder)) kill(pid)
  if (child.pid) kill(child.pid)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The postmaster of this data folder and its children. */
function postgresProcesses(dataFolder: string): readonly number[] {
  const usual = join(dataFolder, 'postgres')
  const pointer = `${usual}.location`
  const folder = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : usual
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return []
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0])
  const children = `/proc/${postmaster}/task/${postmaster}/children`
  const below = existsSync(children) ? readFileSync(children, 'utf8').trim().split(' ').filter(Boolean) : []
  return [postmaster, ...below.map(Number)]
}

const unitCount = 40

/** Files to be taken in: units, and payments of which some break rules; `first` begins the numbers of the payments. */
export function writeUnits(file: string): void {
  const rows = Array.from({ length: unitCount }, (_, n) => `U${n},单位${n},460100,2015-01-01`)
  writeFileSync(file, `unit_code,unit_name,region_code,valid_from\n${rows.join('\n')}\n`)
}

export function writePayments(file: string, first: number, count: number): void {
  const header =
    'payment_id,unit_code,paid_on,amount,settlement,payee_name,payee_kind,economic_code,purpose,payment_kind,payment_state'
  const rows = Array.from({ length: count }, (_, index) => {
    const n = first + index
    const day = `2026-${String(1 + (n % 10)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
    const settlement = n % 50 === 0 ? 'cash' : 'transfer'
    return `P${n},U${n % unitCount},${day},${1000 + (n % 90_000)}.00,${settlement},收款人${n % 500},organisation,30201,办公用品${n % 700},ordinary,paid`
  })
  writeFileSync(file, `${header}\n${rows.join('\n')}\n`)
}
