import { Command as Program } from 'commander'
import { ConfigError, readConfig } from '#ground/config/index.ts'
import { ProductError } from '#ground/errors/index.ts'
import type { Command, CommandOptions, CommandOutput, HouseCommand } from './command.ts'
import { commands } from './commands.ts'
import { openHouse } from './house.ts'
import { asBegun } from './installation-kind.ts'
import { askRunningServer } from './local-socket.ts'

const terminal: CommandOutput = {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}

/**
 * `npm run -s cli -- <command>`: finds the command, runs it, says what went wrong in one sentence.
 * @returns the exit code: 0 done, 1 failed, 2 unusable arguments or input
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  let exit = 0
  const program = new Program('cli').description('Qingfeng 清风').showHelpAfterError().exitOverride()
  for (const command of commands) {
    addTo(program, command).action(async (options: CommandOptions) => {
      exit = await run(command, options)
    })
  }
  try {
    await program.parseAsync([...argv])
    return exit
  } catch (error) {
    return complain(error)
  }
}

function complain(error: unknown): number {
  const code = (error as { code?: string }).code ?? ''
  if (code.startsWith('commander.')) return (error as { exitCode: number }).exitCode === 0 ? 0 : 2
  if (error instanceof ConfigError) terminal.complain(error.message)
  else if (error instanceof ProductError) terminal.complain(`${error.sentence('zh')} ${error.sentence('en')}`)
  else throw error
  return error instanceof ProductError && error.definition.status < 500 ? 2 : 1
}

function addTo(program: Program, command: Command): Program {
  const words = command.path.split(' ')
  const last = words.pop()!
  const group = words.reduce(
    (parent, word) =>
      parent.commands.find((child) => child.name() === word) ?? parent.command(word).exitOverride(),
    program,
  )
  const added = group.command(last).description(command.summary).exitOverride()
  for (const option of command.options) {
    if (option.mandatory) added.requiredOption(option.flags, option.describe, option.default)
    else added.option(option.flags, option.describe, option.default)
  }
  return added
}

async function run(command: Command, typed: CommandOptions): Promise<number> {
  if (command.needs === 'nothing') return command.run(terminal, typed)
  const options = (await command.ask?.(typed)) ?? typed
  const config = readConfig(process.env)
  return (
    (await askRunningServer(config.dataFolder, command.path, options, terminal)) ?? runAlone(command, options)
  )
}

async function runAlone(command: HouseCommand, options: CommandOptions): Promise<number> {
  const house = await openHouse(asBegun(readConfig(process.env)))
  try {
    return await command.run(terminal, options, house)
  } finally {
    await house.close()
  }
}
