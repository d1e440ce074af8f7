import { defineError } from '#ground/errors/index.ts'

export const noDataset = defineError(
  'intake.no_dataset',
  404,
  '没有这个数据集。',
  'There is no such dataset.',
)
export const noBatch = defineError('intake.no_batch', 404, '没有这个批次。', 'There is no such batch.')
export const notNow = defineError(
  'intake.not_now',
  409,
  '批次目前的状态（{state}）不能这样处理。',
  'The batch is {state}; this cannot be done with it now.',
)
export const notLoadable = defineError(
  'intake.not_loadable',
  409,
  '有 {refused} 行未通过核对，不能整批装入；可只装入合格行。',
  '{refused} rows did not pass, so the file cannot be loaded as a whole; good rows alone can.',
)
export const knownFile = defineError(
  'intake.known_file',
  409,
  '同一文件已经装入，未重复装入。',
  'The same file has been loaded already and was not loaded again.',
)
export const overwritten = defineError(
  'intake.overwritten',
  409,
  '之后的批次更新了本批次的数据，请先撤销之后的批次。',
  'Later batches changed rows of this one; undo them first.',
)
export const keyUsed = defineError(
  'intake.key_used',
  409,
  '这个 Idempotency-Key 已用于另一份内容；内容不同的请求请用新的键。',
  'This Idempotency-Key has been used with another body; a request with other contents needs a new key.',
)
export const datasetNotGranted = defineError(
  'intake.dataset_not_granted',
  403,
  '接口令牌未列入这个数据集（或其明细）。',
  'The token does not name this dataset, or the dataset of its lines.',
)
export const wholeProvinceOnly = defineError(
  'intake.whole_province_only',
  403,
  '这个数据集不按单位划分，只能由全省范围的报送方报送。',
  'This dataset is not divided by units; only a sender for the whole province may deliver it.',
)
