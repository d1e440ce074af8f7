import { defineError } from '#ground/errors/index.ts'
import type { Refusal } from './alerts.rules.ts'

export const alertNotFound = defineError(
  'alerts.not_found',
  404,
  '没有这条预警，或您无权查看。',
  'No such alert, or you may not see it.',
)
export const alertChanged = defineError(
  'alerts.changed_meanwhile',
  409,
  '预警已被他人处理，请刷新后再试。',
  'The alert was handled by someone else meanwhile; reload it.',
)
export const unknownPack = defineError(
  'alerts.unknown_pack',
  422,
  '没有预警包 {pack}。',
  'There is no pack {pack}.',
)
export const unknownIrregularity = defineError(
  'alerts.unknown_irregularity',
  422,
  '没有违规类型 {code}。',
  'There is no kind of irregularity {code}.',
)
export const notToConcerned = defineError(
  'alerts.no_receiver',
  409,
  '该单位没有可接收的人员（或均与预警有关），未下发；请直接核查。',
  'The unit has nobody who may receive the alert (or all are concerned); it was not dispatched. Verify it directly.',
)

export const attachmentOwed = defineError(
  'alerts.attachment_owed',
  422,
  '本级预警的说明须附证明材料，请上传附件后再报送。',
  'The explanation of an alert of this level needs an attachment; add one and send it again.',
)
export const contactOwed = defineError(
  'alerts.contact_owed',
  422,
  '本级预警的说明须填写联系人，请补充后再报送。',
  'The explanation of an alert of this level needs a contact; add one and send it again.',
)
export const verificationOwed = defineError(
  'alerts.verification_owed',
  422,
  '该级别预警未经单位说明即认定正常，须先填写核查情况。',
  'An alert of this level that its unit has not explained must be verified first: say what was verified and how.',
)

export const nothingToShow = defineError(
  'alerts.nothing_to_show',
  409,
  '预警所涉规则不向单位公开，不能下发，请直接核查。',
  'The rules of this alert are not disclosed to units; it cannot be dispatched. Verify it directly.',
)

const refusals = {
  not_in_this_state: defineError(
    'alerts.not_in_this_state',
    409,
    '预警当前状态为“{state}”，不能进行此项操作。',
    'The alert is {state}; this step is not open.',
  ),
  not_yours: defineError('alerts.not_yours', 403, '此项操作不由您办理。', 'This step is not yours to take.'),
  awaits_explanation: defineError(
    'alerts.awaits_explanation',
    409,
    '单位说明期限未满，尚不能认定；可先催办。',
    'The term for the explanation is not over; the alert cannot be judged yet.',
  ),
  handed_on: defineError(
    'alerts.handed_on',
    409,
    '预警已作为问题线索移送，请由案件监督管理室办理或先退回。',
    'The alert has been handed on as a clue; it can be handled again once it is taken back.',
  ),
} as const satisfies Record<Refusal, unknown>

/** The error for a step that the rules refuse. */
export function refusalError(refused: Refusal, state: string) {
  return refusals[refused]({ state })
}
