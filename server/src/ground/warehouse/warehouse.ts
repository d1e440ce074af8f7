/** A value bound to a named parameter. Money and dates are texts that the statement casts. */
export type Parameter = string | number | boolean | null

/** A row as JSON can carry it: decimals and large integers are texts, dates are `YYYY-MM-DD`. */
export type Row = Readonly<Record<string, unknown>>

/** One connection to the facts. Not to be used by two pieces of work at once. */
export interface WarehouseSession {
  readonly engine: 'duckdb' | 'postgres'
  /** The stored table of that name, also where a temporary view of the session shadows it. */
  stored(table: string): string
  /** Runs a statement for its effect. */
  run(sql: string, parameters?: Readonly<Record<string, Parameter>>): Promise<void>
  /** Runs a query; parameters that the text does not name are left out. */
  rows(sql: string, parameters?: Readonly<Record<string, Parameter>>): Promise<Row[]>
  /**
   * Runs `work`, and interrupts the statement under way when the time is over: then a TimeLimitError is thrown. When
   * `signal` is aborted meanwhile, the statement is interrupted too and the signal's reason is thrown.
   */
  within<T>(milliseconds: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Adds rows in one statement per thousand; values in the order of the columns. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly Parameter[])[]): Promise<void>
  /** Adds the rows of a UTF-8 csv with a header and trusted content, as `copy … to` of DuckDB writes it. */
  loadCsv(table: string, columns: readonly string[], file: string): Promise<void>
  /** Runs `work` in a transaction: all of it or nothing. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Warehouse {
  readonly engine: 'duckdb' | 'postgres'
  open(): Promise<WarehouseSession>
  /**
   * Runs one writer after the other: two that change the same rows would otherwise fail with a conflict. Readers are
   * never held up; they see the state before.
   */
  writing<T>(work: (session: WarehouseSession) => Promise<T>): Promise<T>
  /** Writes a consistent copy of everything to a new file, while others read and write. Embedded engine only. */
  copyTo(file: string): Promise<void>
  close(): Promise<void>
}

/** Lets one piece of work run after the other, whether or not the one before it failed. */
export function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
}

const interruptEveryMilliseconds = 200

/**
 * Interrupts when the signal is aborted, and again until the returned function is called: an interruption between two
 * statements of the work would be lost.
 */
export function interruptWhenAborted(signal: AbortSignal | undefined, interrupt: () => void): () => void {
  if (!signal) return () => {}
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    interrupt()
    timer = setInterval(interrupt, interruptEveryMilliseconds)
  }
  signal.addEventListener('abort', begin)
  return () => {
    signal.removeEventListener('abort', begin)
    clearInterval(timer)
  }
}

/** Opens a session for one piece of work and closes it whatever happens. */
export async function inSession<T>(
  open: () => Promise<WarehouseSession>,
  work: (session: WarehouseSession) => Promise<T>,
): Promise<T> {
  const session = await open()
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
}

/** Rows of a statement with many value groups, bounded so that neither engine's parameter limit is met. */
export const insertChunk = 1000

/** A name in a statement: ours always, but quoted nevertheless. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A value in a statement, for bulk inserts where binding each cell would cost more than the insert. */
export function literal(value: Parameter): string {
  if (value === null) return 'null'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('not a finite number')
    return String(value)
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value.includes('\0')) throw new RangeError('a text with a NUL character')
  return `'${value.replaceAll("'", "''")}'`
}

/** The statements of a bulk insert. */
export function* insertStatements(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Parameter[])[],
): Generator<string> {
  const head = `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values `
  for (let start = 0; start < rows.length; start += insertChunk) {
    const chunk = rows.slice(start, start + insertChunk)
    yield head + chunk.map((row) => `(${row.map(literal).join(', ')})`).join(', ')
  }
}
