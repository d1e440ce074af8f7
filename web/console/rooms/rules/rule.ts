import type { components } from '../../../client/api.generated.ts'
import type { Level } from '../../../kit/level-tag.tsx'

type Schemas = components['schemas']
export type RuleRow = Schemas['RuleRow']
export type RuleDetail = Schemas['RuleDetail']
export type RuleRun = Schemas['RuleRun']
export type RuleChange = Schemas['RuleChange']
export type RuleProposal = Schemas['RuleProposal']
export type ConfigurationVersion = Schemas['RuleConfigurationVersion']
export type ConfiguredObject = Schemas['RuleConfigurationObject']
export type Parameter = RuleDetail['parameters'][number]
export type ParameterValue = Parameter['value']

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** What is configured of a keyword group, as the server keeps it. */
export interface KeywordGroup {
  readonly name: Bilingual
  readonly level: Level
  readonly prohibited: boolean
  readonly keywords: readonly string[]
  readonly stop: readonly string[]
  readonly tax_classes: readonly string[]
  readonly short_classes: readonly string[]
}

/** A row of a pack's decision table, as the server keeps it. */
export interface GradingRow {
  readonly level: Level
  readonly title: Bilingual
  readonly hit_level?: readonly Level[]
  readonly rules?: readonly string[]
  readonly conditions?: readonly string[]
  readonly min_rules?: number
  readonly min_amount?: string
}

export const ruleModes = ['live', 'trial', 'off'] as const
export type RuleMode = (typeof ruleModes)[number]
export const modeTone = { live: 'done', trial: 'yellow', off: 'none' } as const
export const wordLists = ['keywords', 'stop', 'tax_classes', 'short_classes'] as const
export const proposalTone = {
  waiting: 'yellow',
  approved: 'done',
  rejected: 'red',
  withdrawn: 'none',
} as const
