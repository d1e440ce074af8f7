import type { FastifyRequest } from 'fastify'
import type { Caller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking, set before the handler of every route that is not public. */
    caller: Caller | undefined
  }
}

export const notSignedIn = defineError(
  'http.not_signed_in',
  401,
  '尚未登录或登录已失效，请重新登录。',
  'You are not signed in, or the session has ended; sign in again.',
)

/** The caller of a route that is not public; a missing one is answered as not signed in. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw notSignedIn()
  return request.caller
}
