import { shanghaiDate } from '#ground/time/index.ts'
import type { Warehouse } from '#ground/warehouse/index.ts'
import type { KeywordGroupContent } from './configuration.schema.ts'
import {
  type Configuration,
  type ConfigurationDependencies,
  createConfiguration,
} from './configuration.service.ts'
import { createKeywordTrial, type GroupOutcome, type TrialLine } from './keyword-trial.ts'
import { createRulePages, type RulePages } from './rule-pages.service.ts'
import { noSuchRule } from './rules.errors.ts'

/** The rule that judges keywords. */
const keywordRule = 'R01'

/** The rules as the console edits and shows them. */
export interface Rules {
  readonly configuration: Configuration
  readonly pages: RulePages
  /** What the keyword groups in force, or with one of them as drafted, make of a line. */
  tryLine(
    line: Omit<TrialLine, 'issuedOn'> & {
      readonly issuedOn?: string | undefined
      readonly draft?: { readonly object: string; readonly content: KeywordGroupContent } | undefined
    },
  ): Promise<readonly GroupOutcome[]>
  close(): Promise<void>
}

export function createRules(
  dependencies: ConfigurationDependencies & { readonly warehouse: Pick<Warehouse, 'open'> },
): Rules {
  const configuration = createConfiguration(dependencies)
  const trial = createKeywordTrial()
  return {
    configuration,
    pages: createRulePages({ ...dependencies, configuration }),
    tryLine: async ({ draft, issuedOn, ...line }) => {
      const rule = dependencies.rules.find(({ code }) => code === keywordRule)
      if (!rule) throw noSuchRule({ code: keywordRule })
      const force = await configuration.inForce()
      const others = force.keywords.groups.filter(({ code }) => code !== draft?.object)
      const groups = draft ? [...others, { code: draft.object, ...draft.content }] : others
      const day = issuedOn ?? shanghaiDate(dependencies.clock.now())
      return trial.tryLine(rule, { ...line, issuedOn: day }, groups, force.parameters[keywordRule] ?? {})
    },
    close: trial.close,
  }
}
