import { defineError } from '#ground/errors/index.ts'

export const noComposedRule = defineError(
  'rules.no_composed_rule',
  404,
  '没有自定义规则 {code}。',
  'There is no composed rule {code}.',
)

export const unusableComposition = defineError(
  'rules.unusable_composition',
  422,
  '规则内容不符合要求，请按提示修改。',
  'The rule is not acceptable yet; mend what is listed.',
)

export const fixedDataset = defineError(
  'rules.fixed_dataset',
  422,
  '规则 {code} 的数据类别不能更改，请另建一条规则。',
  'The dataset of rule {code} cannot be changed; compose another rule.',
)

export const notInThisState = defineError(
  'rules.composed_not_in_this_state',
  409,
  '规则 {code} 的当前状态不能进行此项操作，请刷新后再试。',
  'This step is not open to rule {code} in its present state; reload it.',
)

export const ownComposition = defineError(
  'rules.own_composition',
  403,
  '起草人和提出人不能审批自己的规则，须由另一名规则审批人审批。',
  'Who drew up or proposed a rule never decides on it; another approver must.',
)
