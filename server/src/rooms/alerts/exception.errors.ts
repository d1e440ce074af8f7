import { defineError } from '#ground/errors/index.ts'

export const noSuchException = defineError(
  'exceptions.not_found',
  404,
  '没有这项例外，或您无权查看。',
  'No such exception, or you may not see it.',
)
export const notJudgedNormal = defineError(
  'exceptions.not_judged_normal',
  409,
  '只有认定为“正常”的预警才能申请例外。',
  'Only an alert that was judged normal can become an exception.',
)
export const noExceptionsInPack = defineError(
  'exceptions.none_in_pack',
  422,
  '这类预警不允许设例外。',
  'Alerts of this pack allow no exceptions.',
)
export const unusableRule = defineError(
  'exceptions.rule_not_hit',
  422,
  '预警没有命中规则 {rule}。',
  'The alert has no hit of the rule {rule}.',
)
export const scopeTooWide = defineError(
  'exceptions.scope_too_wide',
  422,
  '例外须限定单位；不限定单位的例外只能由省级机关对某一收款人提出。',
  'An exception names its unit; one without a unit is for the provincial organ only, and names a counterparty.',
)
export const periodUnusable = defineError(
  'exceptions.period_unusable',
  422,
  '到期日须在今天之后，且不超过 {days} 天。',
  'The last day must lie after today, at most {days} days ahead.',
)
export const ownException = defineError(
  'exceptions.own_proposal',
  403,
  '提出人不能审批自己的例外。',
  'Who proposed an exception does not decide on it.',
)
export const notYourException = defineError(
  'exceptions.not_yours',
  403,
  '只有提出人可以撤回。',
  'Only who proposed it may take it back.',
)
export const notInThisState = defineError(
  'exceptions.not_in_this_state',
  409,
  '例外已被处理，请刷新后再试。',
  'The exception has been dealt with meanwhile; reload it.',
)
export const alreadyProposed = defineError(
  'exceptions.already_proposed',
  409,
  '同一范围的例外已存在：{number}。',
  'There is an exception of the same scope already: {number}.',
)
