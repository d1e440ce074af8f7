import { ConfigError, readConfig } from '#ground/config/index.ts'
import { commands } from './commands.ts'
import { openConsole } from './console.ts'
import { loadDemoProvince } from './demo-province.ts'
import { openHouse } from './house.ts'
import { serveCommands } from './local-socket.ts'

/**
 * Starts the server and serves until it is told to stop; with `--demo` the demo province is loaded first.
 * @returns the exit code
 */
export async function runServer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const house = await openHouse(readConfig(env, { demo: words.includes('--demo') }))
    try {
      if (house.config.demo) await loadDemoProvince(house, say)
      const console = await openConsole(house)
      const endCommands = await serveCommands(
        house,
        commands.filter((command) => command.needs === 'house'),
      )
      await house.greet(console.address, say)
      await told()
      say('正在停止……Stopping …')
      await endCommands()
      await console.close()
      return 0
    } finally {
      await house.close()
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
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
