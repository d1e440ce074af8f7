/** Input that a command cannot work on: the lines say what is wrong with it, where, and what to do. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput'
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.slice(0, 5).join('\n'))
    this.lines = lines
  }
}
