import { defineError } from '#ground/errors/index.ts'

export const sampleItemNotFound = defineError(
  'alerts.no_such_sample_item',
  404,
  '没有这条抽样记录，或您无权查看。',
  'No such record of a sample, or you may not see it.',
)
export const sampleItemChanged = defineError(
  'alerts.sample_item_changed',
  409,
  '该记录已由他人复核，请刷新后再看。',
  'The record was judged by someone else meanwhile; reload it.',
)
export const noSuchDraw = defineError(
  'alerts.no_such_draw',
  404,
  '没有这次抽样，或您无权查看。',
  'No such draw, or you may not see it.',
)
export const notSampled = defineError(
  'alerts.not_sampled',
  422,
  '预警包 {pack} 没有设定抽样。',
  'No sample is described for the pack {pack}.',
)
export const monthNotOver = defineError(
  'alerts.month_not_over',
  409,
  '{month} 尚未结束，月末之后再抽样。',
  '{month} is not over; draw its sample afterwards.',
)
export const monthNotJudged = defineError(
  'alerts.month_not_judged',
  409,
  '规则尚未对 {month} 的全部记录运行，请先运行规则再抽样。',
  'The rules have not been run over all of {month}; run them first.',
)
export const alreadyDrawn = defineError(
  'alerts.already_drawn',
  409,
  '{month} 的样本已经抽取，每月只抽一次。',
  'The sample of {month} has been drawn; there is one for each month.',
)
export const drawnMonth = defineError(
  'alerts.sample_month_drawn',
  422,
  '{month} 或之后的月份已经抽样，数量只能从未抽样的月份起调整。',
  '{month} or a later month has been drawn; a size can only be set from a month that has not.',
)
export const unknownMissedRule = defineError(
  'alerts.unknown_missed_rule',
  422,
  '预警包中没有规则 {rule}。',
  'The pack has no rule {rule}.',
)
export const sizeOfTheWhole = defineError(
  'alerts.sample_size_of_the_whole',
  403,
  '抽样数量对全系统统一，由省级分管领导调整。',
  'The size of the samples is one for the whole system; the leaders at its root decide it.',
)
