import type { House } from './house.ts'

export interface CommandOption {
  /** As commander writes it: `--to <folder>`, `--force`. */
  readonly flags: string
  readonly describe: string
  readonly default?: string
  readonly mandatory?: boolean
}

export interface CommandOutput {
  /** A line for standard output: results, nothing else. */
  print(line: string): void
  /** A line for standard error: progress, summaries, reasons. */
  complain(line: string): void
}

export type CommandOptions = Readonly<Record<string, string | boolean | undefined>>

interface CommandShape {
  /** The words after `cli`, e.g. `audit verify`. */
  readonly path: string
  readonly summary: string
  readonly options: readonly CommandOption[]
}

/** A command that needs no store: runs where it was typed. */
export interface LoneCommand extends CommandShape {
  readonly needs: 'nothing'
  run(output: CommandOutput, options: CommandOptions): Promise<number>
}

/** A command on the stores: runs inside the server when one is running, and opens the stores itself only otherwise. */
export interface HouseCommand extends CommandShape {
  readonly needs: 'house'
  /** Runs first, where the command was typed: asks for what must not stand on a command line. Returns the options to use. */
  ask?(options: CommandOptions): Promise<CommandOptions>
  run(output: CommandOutput, options: CommandOptions, house: House): Promise<number>
}

export type Command = LoneCommand | HouseCommand
