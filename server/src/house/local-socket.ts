import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { CommandOptions, CommandOutput, HouseCommand } from './command.ts'
import type { House } from './house.ts'

/** What goes over the socket: one JSON line for each line of output, the exit code last. */
type Message = { readonly out: string } | { readonly err: string } | { readonly exit: number }

/**
 * Where the server of a data folder listens for commands: a socket in a folder that only this operating-system user may
 * enter. Not in the data folder itself, whose path may be longer than a socket's may (107 bytes).
 */
export function localSocket(dataFolder: string): string {
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16)
  return join(tmpdir(), `qingfeng-cli-${userInfo().uid}`, `${name}.sock`)
}

/** Takes commands for the running house. Who may open the socket runs the server anyway. */
export async function serveCommands(
  house: House,
  commands: readonly HouseCommand[],
): Promise<() => Promise<void>> {
  const path = localSocket(house.config.dataFolder)
  const folder = join(path, '..')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  rmSync(path, { force: true })
  const server = createServer(async (incoming, answer) => {
    const send = (message: Message) => answer.write(`${JSON.stringify(message)}\n`)
    answer.writeHead(200, { 'content-type': 'application/x-ndjson' })
    try {
      const { path: wanted, options } = JSON.parse(await text(incoming)) as {
        path: string
        options: CommandOptions
      }
      const command = commands.find((candidate) => candidate.path === wanted)
      if (!command) throw new Error(`the running server does not know the command ${wanted}`)
      const output = { print: (out: string) => send({ out }), complain: (err: string) => send({ err }) }
      send({ exit: await command.run(output, options, house) })
    } catch (error) {
      send({ err: (error as Error).message })
      send({ exit: 1 })
    }
    answer.end()
  })
  await listen(server, path)
  return () => new Promise((done) => server.close(() => done()))
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      done()
    })
  })
}

/**
 * Runs a command in the server of the data folder and passes on what it says.
 * @returns its exit code, or undefined when no server is running there
 */
export function askRunningServer(
  dataFolder: string,
  path: string,
  options: CommandOptions,
  output: CommandOutput,
): Promise<number | undefined> {
  return new Promise((done, failed) => {
    const where = { socketPath: localSocket(dataFolder), method: 'POST', path: '/', agent: false } as const
    const call = request(where, (answer) => {
      let exit = 1
      const lines = createInterface({ input: answer })
      lines.on('line', (line) => {
        const message = JSON.parse(line) as Message
        if ('out' in message) output.print(message.out)
        else if ('err' in message) output.complain(message.err)
        else exit = message.exit
      })
      lines.on('close', () => done(exit))
    })
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') done(undefined)
      else failed(error)
    })
    call.end(JSON.stringify({ path, options }))
  })
}
