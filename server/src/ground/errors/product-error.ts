/** Whose blame an error is: the user can mend it, or the operation must (a store away, a disk full). Bugs are plain Errors. */
export type ProductErrorKind = 'user' | 'operational'

type Params = Readonly<Record<string, string | number>>

export interface ErrorDefinition {
  readonly code: string
  readonly status: number
  readonly kind: ProductErrorKind
  /** What happened and what to do, `{name}` placeholders are filled from the parameters. Never personal data. */
  readonly zh: string
  readonly en: string
}

/** One field's fault in a request: where it is and what is wrong with it. */
export interface FieldFault {
  readonly path: string
  readonly zh: string
  readonly en: string
}

/** An error the product foresees. The edge turns it into problem+json; `code` is stable and documented in the contract. */
export class ProductError extends Error {
  override readonly name = 'ProductError'
  readonly definition: ErrorDefinition
  readonly params: Params
  readonly fields: readonly FieldFault[] | undefined

  constructor(
    definition: ErrorDefinition,
    params: Params = {},
    options: { cause?: unknown; fields?: readonly FieldFault[] } = {},
  ) {
    super(`${definition.code}: ${fill(definition.en, params)}`, { cause: options.cause })
    this.definition = definition
    this.params = params
    this.fields = options.fields
  }

  get code(): string {
    return this.definition.code
  }

  /** The sentence for the user in the language asked for. */
  sentence(language: 'zh' | 'en'): string {
    return fill(this.definition[language], this.params)
  }
}

const catalogue = new Map<string, ErrorDefinition>()

/**
 * Declares an error once and returns the function that makes it: `const notFound = defineError('alerts.not_found', 404,
 * '没有这条预警…', 'No such alert …')`, then `throw notFound({…})`. Declaring a code twice is a bug and throws at start.
 */
export function defineError(
  code: string,
  status: number,
  zh: string,
  en: string,
  kind: ProductErrorKind = 'user',
) {
  if (catalogue.has(code)) throw new Error(`error code ${code} is declared twice`)
  const definition: ErrorDefinition = { code, status, kind, zh, en }
  catalogue.set(code, definition)
  return (params: Params = {}, options: { cause?: unknown; fields?: readonly FieldFault[] } = {}) =>
    new ProductError(definition, params, options)
}

/** Every declared error, for the contract. */
export function definedErrors(): readonly ErrorDefinition[] {
  return [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

function fill(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
