import type { Config } from '#ground/config/index.ts'
import type { Trx } from '#ground/database/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import {
  createRecall,
  createSampling,
  type Recall,
  type Sampling,
  type SamplingDependencies,
  samplingJob,
} from '#rooms/alerts/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import { openExampleSession, type Rule, runExamples } from '#shared/rules/index.ts'

/** How good the rules are: what they miss in a random sample, and what they find of what is known. */
export interface RuleQuality {
  readonly sampling: Sampling
  readonly recall: Recall
}

/** Records of a rule's examples are few; the engine's own needs are most of this. */
const exampleMemory = 200

export function createRuleQuality(
  stores: SamplingDependencies & { readonly config: Pick<Config, 'demo'> },
  catalogue: readonly Rule[],
): RuleQuality {
  return {
    sampling: createSampling(stores),
    recall: createRecall({
      database: stores.database,
      catalogue,
      demo: stores.config.demo,
      runExamples: examplesApart,
    }),
  }
}

/** Runs a rule's examples in an engine of their own, which holds nothing else. */
async function examplesApart(rule: Rule) {
  const engine = await openDuckdb({ path: ':memory:', memoryMegabytes: exampleMemory })
  try {
    return await inSession(
      () => openExampleSession(engine),
      (session) => runExamples(session, rule),
    )
  } finally {
    await engine.close()
  }
}

/** A wish for the sample of a month becomes a job: one that waits for the same month makes a second one needless. */
export function askForDraw(jobs: Jobs) {
  return (trx: Trx, wish: { readonly pack: string; readonly month: string; readonly userId: string }) =>
    jobs.send(trx, samplingJob, wish, { key: `${wish.pack} ${wish.month}` })
}

/** What the clock asks for names no month and draws what is due. */
export async function drawAsked(
  { draws }: Sampling,
  asked: Partial<{ readonly pack: string; readonly month: string; readonly userId: string }>,
): Promise<void> {
  const { pack, month, userId } = asked
  if (pack && month && userId) await draws.draw({ pack, month }, { userId })
  else await draws.drawDue()
}
