import { defineError } from '#ground/errors/index.ts'

export const noRequest = defineError(
  'fiscal.no_request',
  404,
  '没有这笔支付申请，或您不能查看。',
  'There is no such payment request, or you may not see it.',
)
export const keyUsed = defineError(
  'fiscal.key_used',
  409,
  '这个 Idempotency-Key 已用于另一笔申请；内容不同的申请请用新的键。',
  'This Idempotency-Key has been used with another request; one with other contents needs a new key.',
)
export const numberUsed = defineError(
  'fiscal.number_used',
  409,
  '支付申请编号已经报送过；同一申请再次报送请沿用原来的 Idempotency-Key。',
  'A request of this number has been submitted; to submit the same one again use its Idempotency-Key.',
)
export const notGranted = defineError(
  'fiscal.not_granted',
  403,
  '接口令牌未列入支付数据，或单位不在其范围内。',
  'The token does not name payments, or the unit lies outside its part of the tree.',
)
export const notNow = defineError(
  'fiscal.not_now',
  409,
  '申请目前的状态不能这样处理。',
  'This cannot be done with the request in its present state.',
)
export const secondPerson = defineError(
  'fiscal.second_person',
  409,
  '您已代表一方同意解除，另一方须由另一人同意。',
  'You have agreed to the release for one side; the other side must be another person.',
)
export const alreadyAgreed = defineError(
  'fiscal.already_agreed',
  409,
  '这一方已经同意解除，等待另一方。',
  'This side has agreed to the release already; the other one is awaited.',
)
export const noSide = defineError(
  'fiscal.no_side',
  403,
  '请以财政监管员或监督检查室干部身份办理。',
  'Act as fiscal supervisor or as supervision officer.',
)
