import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#ground/config/index.ts'
import type { HouseCommand } from './command.ts'
import type { House } from './house.ts'
import { askRunningServer, localSocket, serveCommands } from './local-socket.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'qingfeng-socket-'))
const house = { config: readConfig({ DATA_DIR: dataFolder }) } as House
const echo: HouseCommand = {
  path: 'test echo',
  summary: 'echo',
  options: [],
  needs: 'house',
  run: async (output, options, given) => {
    output.print(`${options.word} in ${given.config.dataFolder}`)
    output.complain('抄送')
    return 7
  },
}
const broken: HouseCommand = {
  ...echo,
  path: 'test broken',
  run: async () => {
    throw new Error('it does not work')
  },
}

async function ask(path: string) {
  const [printed, complained]: [string[], string[]] = [[], []]
  const output = {
    print: (line: string) => printed.push(line),
    complain: (line: string) => complained.push(line),
  }
  const code = await askRunningServer(dataFolder, path, { word: '回声' }, output)
  return { code, printed, complained }
}

let stop = async () => {}
afterAll(() => stop())

test('where no server runs the command line is told so, and opens the stores itself', async () => {
  expect((await ask('test echo')).code).toBeUndefined()
})

test('a command runs inside the running server: its lines and its exit code come back', async () => {
  stop = await serveCommands(house, [echo, broken])
  expect(await ask('test echo')).toEqual({
    code: 7,
    printed: [`回声 in ${dataFolder}`],
    complained: ['抄送'],
  })
})

test('a command that fails, or that the server does not know, is no success', async () => {
  for (const path of ['test broken', 'test nowhere']) {
    const { code, printed, complained } = await ask(path)
    expect(code, path).not.toBe(0)
    expect(printed).toEqual([])
    expect(complained.join()).not.toBe('')
  }
})

test('nobody else on the machine may open the socket', () => {
  const path = localSocket(dataFolder)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
})

test('a server that has stopped is not asked any more', async () => {
  await stop()
  stop = async () => {}
  expect((await ask('test echo')).code).toBeUndefined()
})
