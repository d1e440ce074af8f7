import createClient from 'openapi-fetch'
import type { paths } from '../client/api.generated.ts'

/** What the server says when it refuses: both languages and a number to quote. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly number: string
  readonly detail: { readonly zh: string; readonly en: string }
  readonly fields?: readonly { readonly path: string; readonly zh: string; readonly en: string }[]
}

/** The interface of the server, typed from the contract. */
export const client = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })

/** A refusal as an error that screens can show. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

const unreachable: Problem = {
  status: 0,
  code: 'unreachable',
  number: '—',
  detail: {
    zh: '连接不上服务器，请检查网络后重试。',
    en: 'The server cannot be reached; check the network and try again.',
  },
}

/** The answer's data, or the refusal thrown. For queries and mutations alike. */
export async function answered<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call.catch(() => {
    throw new Refused(unreachable)
  })
  if (response.ok) return data as Data
  const problem = error as Problem | undefined
  throw new Refused(problem?.detail ? problem : { ...unreachable, status: response.status })
}
