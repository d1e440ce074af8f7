import { defineError } from '#ground/errors/index.ts'

export const noSuchRule = defineError(
  'rules.not_found',
  404,
  '没有编号为 {code} 的规则、分组或规则包。',
  'There is no rule, keyword group or pack {code}.',
)

export const noThreshold = defineError(
  'rules.no_threshold',
  404,
  '规则 {code} 没有以金额为准的主要阈值，没有分布可看。',
  'Rule {code} has no main threshold on amounts, so there is no distribution to look at.',
)

export const noSuchProposal = defineError(
  'rules.no_proposal',
  404,
  '没有这项变更申请，或您无权查看。',
  'No such proposal, or you may not see it.',
)

export const alreadyWaiting = defineError(
  'rules.already_waiting',
  409,
  '{object} 已有一项变更在等待审批，请待其审批或撤回后再提出。',
  'A change of {object} is waiting for a decision; wait for it, or have it withdrawn, then propose yours.',
)

export const changedMeanwhile = defineError(
  'rules.changed_meanwhile',
  409,
  '{object} 已有第 {version} 版，本次修改基于第 {base} 版，请刷新后在新版本上重新提出。',
  '{object} has a version {version} by now and this change was drawn up on version {base}; reload and propose it anew.',
)

export const nothingChanged = defineError(
  'rules.nothing_changed',
  422,
  '提交的内容与现行版本相同，没有变更。',
  'What was sent equals the present version; nothing is changed.',
)

export const unusableContent = defineError(
  'rules.unusable_content',
  422,
  '变更内容不符合要求，请按提示修改。',
  'The change is not acceptable; mend what is listed.',
)

export const tooEarly = defineError(
  'rules.too_early',
  422,
  '生效日期不能早于今天（{today}）。',
  'A change cannot come into force before today ({today}).',
)

export const alreadyDecided = defineError(
  'rules.already_decided',
  409,
  '该申请已处理，请刷新。',
  'This proposal has been decided already; reload it.',
)

export const ownProposal = defineError(
  'rules.own_proposal',
  403,
  '提出人不能审批自己的申请，须由另一名规则审批人审批。',
  'Who proposes a change never decides on it; another approver must.',
)

export const notYourProposal = defineError(
  'rules.not_your_proposal',
  403,
  '只有提出人可以撤回申请。',
  'Only the person who proposed a change may withdraw it.',
)
