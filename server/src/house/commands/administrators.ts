import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ProductError } from '#ground/errors/index.ts'
import { createFirstAdministrators, type FirstPerson } from '#shared/identity/index.ts'
import type { CommandOptions, HouseCommand } from '../command.ts'

const powers = [
  ['system_admin', '系统管理员 system administrator'],
  ['security_admin', '安全管理员 security administrator'],
  ['audit_admin', '安全审计员 audit administrator'],
] as const

type Power = (typeof powers)[number][0]

/** Appoints the first three administrators of an installation that has no account yet. */
export const createAdministrators: HouseCommand = {
  path: 'administrators create',
  summary: 'create the first three administrators; names and passwords are asked for, one a line',
  needs: 'house',
  options: [],
  ask: askForThree,
  run: async (output, options, house) => {
    const people = JSON.parse(String(options.people)) as Record<Power, FirstPerson>
    try {
      await createFirstAdministrators(house.identity, people)
    } catch (error) {
      if (!(error instanceof ProductError)) throw error
      output.complain(`${error.sentence('zh')} ${error.sentence('en')}`)
      for (const { path, zh, en } of error.fields ?? []) output.complain(`  ${path}: ${zh} ${en}`)
      return 2
    }
    output.complain(
      '已设立三名管理员，首次登录须修改口令。Created; each changes the password at the first sign-in.',
    )
    return 0
  },
}

/** Asks at the terminal, without echo for passwords; from a pipe it reads the same lines without asking. */
async function askForThree(): Promise<CommandOptions> {
  const terminal = process.stdin.isTTY === true
  let silent = false
  const echo = new Writable({
    write: (chunk, _encoding, done) => {
      if (!silent) process.stderr.write(chunk)
      done()
    },
  })
  const reader = createInterface({ input: process.stdin, output: echo, terminal })
  const lines = reader[Symbol.asyncIterator]()
  const ask = async (question: string, secret: boolean): Promise<string> => {
    if (terminal) process.stderr.write(`${question}: `)
    silent = secret
    const { value, done } = await lines.next()
    silent = false
    if (terminal && secret) process.stderr.write('\n')
    return done ? '' : String(value)
  }
  try {
    const people: [Power, FirstPerson][] = []
    for (const [power, title] of powers) {
      const username = (await ask(`${title} — 用户名 user name`, false)).trim()
      const displayName = (await ask('  姓名 name', false)).trim()
      people.push([power, { username, displayName, password: await ask('  口令 password', true) }])
    }
    return { people: JSON.stringify(Object.fromEntries(people)) }
  } finally {
    reader.close()
  }
}
