/** A statement's text cut at its `$name` parameters; strings, quoted names, comments and dollar-quoted texts are skipped. */
export interface ParsedStatement {
  readonly names: readonly string[]
  /** The text with each parameter written as `write(name, its place among the names counted from 1)` says. */
  rewrite(write: (name: string, place: number) => string): string
}

const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|\$([A-Za-z_]\w*)/g

/** Finds the named parameters of a statement, each once, in the order of their first use. */
export function parseParameters(sql: string): ParsedStatement {
  const names: string[] = []
  for (const match of sql.matchAll(token)) {
    const name = match[2]
    if (name && !names.includes(name)) names.push(name)
  }
  return {
    names,
    rewrite: (write) =>
      sql.replace(token, (whole, _quote, name?: string) =>
        name ? write(name, names.indexOf(name) + 1) : whole,
      ),
  }
}
