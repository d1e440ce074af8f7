import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { defineError, type FieldFault, ProductError } from '#ground/errors/index.ts'
import type { Log } from '#ground/log/index.ts'

/** RFC 9457 with what users of this product are promised: both languages, a stable code and a number to quote. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    number: z.string(),
    detail: z.object({ zh: z.string(), en: z.string() }),
    fields: z.array(z.object({ path: z.string(), zh: z.string(), en: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A number that users can read out: 8 characters without look-alikes. */
export function errorNumber(): string {
  const characters = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length])
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`
}

const invalid = defineError(
  'http.invalid_request',
  400,
  '提交的内容有误，请按各项提示修改。',
  'The request is not valid; see the fields.',
)
const broken = defineError(
  'http.internal',
  500,
  '系统出错，操作未完成。请稍后再试，并将编号告知管理员。',
  'Something went wrong and nothing was done. Try again later and tell the administrator the number.',
  'operational',
)
export const noSuchRoute = defineError(
  'http.not_found',
  404,
  '没有这个页面或接口。',
  'There is no such page or interface.',
)
const tooLarge = defineError(
  'http.too_large',
  413,
  '内容过大，未受理。',
  'The content is too large and was not accepted.',
)
const refused = defineError('http.refused', 400, '请求格式有误。', 'The request is malformed.')
const tooMany = defineError(
  'http.too_many',
  429,
  '操作过于频繁，请稍后再试。',
  'Too many requests; try again later.',
)

/** The one place where errors become answers. The log gets the number and the cause, never the request's contents. */
export function errorHandler(log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const product = toProductError(error)
    const number = errorNumber()
    const facts = { number, code: product.code, method: request.method, route: request.routeOptions.url }
    if (product.definition.kind === 'operational') {
      const cause = (product.cause ?? error) as Error
      log.error({ ...facts, cause: cause?.message, stack: cause?.stack }, 'request failed')
    } else log.info(facts, 'request refused')
    return sendProblem(reply, product, number)
  }
}

function toProductError(error: unknown): ProductError {
  if (error instanceof ProductError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const context = error.validationContext ?? 'body'
    const fields: FieldFault[] = error.validation.map((fault) => ({
      path: `${context}${fault.instancePath}`,
      zh: '内容不符合要求',
      en: fault.message ?? 'not valid',
    }))
    return invalid({}, { fields })
  }
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return tooLarge()
  if (status === 429) return tooMany()
  if (status && status >= 400 && status < 500) return refused({}, { cause: error })
  return broken({}, { cause: error })
}

function sendProblem(reply: FastifyReply, error: ProductError, number: string) {
  const { definition } = error
  return reply
    .status(definition.status)
    .type('application/problem+json')
    .send({
      type: `urn:qingfeng:error:${definition.code}`,
      title: error.sentence('zh'),
      status: definition.status,
      code: definition.code,
      number,
      detail: { zh: error.sentence('zh'), en: error.sentence('en') },
      ...(error.fields ? { fields: error.fields } : {}),
    })
}
