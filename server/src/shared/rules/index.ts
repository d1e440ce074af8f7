export { loadPack, shippedRules } from './catalogue.ts'
export { type EvaluateOptions, evaluate } from './evaluate.ts'
export { evaluateCommand } from './evaluate-command.ts'
export { contributingRows, openExampleSession, runExamples } from './examples.ts'
export { type Grade, type GradedHit, type GradingRow, gradeOf } from './grading.ts'
export { compareHits, type Hit } from './hit.ts'
export { takeDeliveries } from './hit-log.store.ts'
export { recordRun } from './hit-log.ts'
export { effectiveParameters, type ParameterValues, parameterFault } from './parameters.ts'
export {
  fillReferenceRelations,
  type KeywordGroups,
  shippedKeywords,
  shippedReference,
} from './reference-relations.ts'
export {
  type Level,
  levels,
  type ParameterDefinition,
  type ParameterValue,
  type Rule,
} from './rule.schema.ts'
export { queryHits, type RuleOutcome, type RunOptions, runRules } from './runner.ts'
