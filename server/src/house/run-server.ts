import { ConfigError, readConfig, refuseTakenAddress } from '#ground/config/index.ts'
import { setupCode } from '#shared/identity/index.ts'
import { commands } from './commands.ts'
import { openConsole } from './console.ts'
import { loadDemoProvince } from './demo-province.ts'
import { type House, openHouse } from './house.ts'
import { serveCommands } from './local-socket.ts'
import { startRegularWork } from './regular-work.ts'

/**
 * Starts the server and serves until it is told to stop; with `--demo` the demo province is loaded first. Told to stop
 * while it is still loading, it closes the stores in order: nothing is left running and nothing half-loaded.
 * @returns the exit code
 */
export async function runServer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const stopping = told()
  try {
    const house = await openHouse(readConfig(env, { demo: words.includes('--demo') }))
    const ends: (() => Promise<void>)[] = [house.close]
    try {
      const opening = open(house, ends)
      // Told to stop while opening, what fails of it afterwards fails because the stores are being closed.
      opening.catch(() => {})
      await Promise.race([opening, stopping])
      await stopping
      say('正在停止……Stopping …')
      giveUpLater()
      return 0
    } finally {
      for (const end of ends.reverse()) await end()
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

/** Everything that begins once the stores are open; what has begun is put on the list of what must be ended. */
async function open(house: House, ends: (() => Promise<void>)[]): Promise<void> {
  await refuseTakenAddress(house.config.http.host, house.config.http.consolePort)
  if (house.config.demo) await loadDemoProvince(house, say)
  ends.push(await startRegularWork(house))
  const console = await openConsole(house)
  ends.push(console.close)
  const local = commands.filter((command) => command.needs === 'house')
  ends.push(await serveCommands(house, local))
  await greet(house, console.address)
}

/** Where the console is, and for an installation without accounts how to appoint the first three. */
async function greet(house: House, address: string): Promise<void> {
  say(`\n管理端 console   ${address}`)
  say(`接口 API         ${address}/api/docs`)
  const code = await setupCode(house.identity)
  if (code)
    say(
      `\n首次使用：打开管理端，用安装码设立三名管理员。First use: open the console and appoint the administrators.\n安装码 set-up code   ${code}`,
    )
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Stopping takes a second or two; where a store does not answer any more, it is not waited for without end. */
const longestStop = 60_000

function giveUpLater(): void {
  setTimeout(() => {
    process.stderr.write(
      `${longestStop / 1000} 秒内未能正常停止，已强制退出；下次启动时会自动恢复。Did not stop in time and was ended; the next start recovers.\n`,
    )
    process.exit(1)
  }, longestStop).unref()
}

/** Resolves at the first signal to stop; a second one ends at once. */
function told(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130))
        done()
      })
    }
  })
}
