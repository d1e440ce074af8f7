import { defineError } from '#ground/errors/index.ts'

export const noReplay = defineError(
  'rules.no_replay',
  404,
  '没有这次回放，或您无权查看。',
  'No such replay, or you may not see it.',
)

export const noReplayableRule = defineError(
  'rules.no_replayable_rule',
  422,
  '没有规则 {code}，不能回放。',
  'There is no rule {code} to replay.',
)

export const unusableValues = defineError(
  'rules.unusable_values',
  422,
  '参数值超出范围或类型不符，请按提示修改：{fault}',
  'A parameter value is out of its bounds or of another type; mend it: {fault}',
)

export const wrongPeriod = defineError(
  'rules.wrong_period',
  422,
  '回放期间的结束日期不能早于开始日期，也不能晚于今天。',
  'The end of the period lies before its beginning or after today; choose another.',
)

export const sidesEqual = defineError(
  'rules.sides_equal',
  422,
  '两侧版本与参数完全相同，无需回放；请修改其中一侧。',
  'Both sides are the same, there is nothing to compare; change one of them.',
)

export const notRunning = defineError(
  'rules.replay_not_running',
  409,
  '该回放已结束，不能取消。',
  'The replay has ended; there is nothing to cancel.',
)

export const stillRunning = defineError(
  'rules.replay_still_running',
  409,
  '该回放尚未结束，请待其完成或先取消。',
  'The replay has not ended; wait for it, or cancel it first.',
)

export const noSuchVersion = defineError(
  'rules.no_version_to_replay',
  422,
  '规则 {code} 没有第 {version} 版。',
  'Rule {code} has no version {version}.',
)

export const uselessProposal = defineError(
  'rules.useless_proposal',
  422,
  '这项变更与规则 {code} 无关，请选择该规则或其关键词分组的变更。',
  'This change does not concern rule {code}; choose a change of it or of its keyword groups.',
)
