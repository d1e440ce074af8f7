export { judgeArrival } from './arrival.ts'
export { readCaseRecords, type ShownColumn, type ShownRows } from './case-records.ts'
export { loadPack, shippedRules } from './catalogue.ts'
export { type Comparison, comparisonsOf, readingWith } from './comparisons.ts'
export { composedRuleRoutes } from './composed-rule.routes.ts'
export { type ComposedRules, createComposedRules } from './composed-rule.service.ts'
export type { RuleMode } from './configuration.schema.ts'
export type { Configuration, ConfiguredPack } from './configuration.service.ts'
export { type ContributingRows, readContributing } from './contributing.ts'
export { type EvaluateOptions, evaluate } from './evaluate.ts'
export { evaluateCommand } from './evaluate-command.ts'
export { contributingRows, type ExampleResult, openExampleSession, runExamples } from './examples.ts'
export { type Grade, type GradedHit, type GradingRow, gradeOf } from './grading.ts'
export { compareHits, type Hit } from './hit.ts'
export {
  type AnchorOfPack,
  takeDeliveries,
  type WaitingAnchor,
  waitingAnchors,
} from './hit-log.store.ts'
export { personNumbers, recordRun } from './hit-log.ts'
export type { InForce } from './in-force.ts'
export { createJudging, type Judging } from './judging.ts'
export { effectiveParameters, type ParameterValues, parameterFault } from './parameters.ts'
export { type HitAtAnchor, hitsAt, type PinnedHit, readPinnedHits } from './pinned-hit.store.ts'
export { judgePlanned, type PlannedPayment } from './planned.ts'
export { proposalsRoutes } from './proposals.routes.ts'
export { pinnedParameters, type Recomputed, recompute } from './recompute.ts'
export {
  fillReferenceRelations,
  type GrantedException,
  type KeywordGroups,
  shippedKeywords,
  shippedReference,
} from './reference-relations.ts'
export { replayRoutes } from './replay.routes.ts'
export { createReplays, type ReplayDependencies, type Replays, replayJob } from './replay.service.ts'
export type { VerdictFeed } from './replay-verdicts.ts'
export {
  type Level,
  levels,
  type ParameterDefinition,
  type ParameterValue,
  type Rule,
} from './rule.schema.ts'
export { judgedUpTo } from './rule-runs.store.ts'
export { rulesPermissions } from './rules.permissions.ts'
export { rulesRoutes } from './rules.routes.ts'
export { createRules, type Rules } from './rules.ts'
export { queryHits, type RuleOutcome, type RunOptions, runRules } from './runner.ts'
export { type WordMark, wordMarks } from './word-marks.ts'
