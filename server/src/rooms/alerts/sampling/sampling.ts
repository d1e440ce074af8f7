import { createDraws, type Draws, type SamplingDependencies } from './draw.service.ts'
import { createReviewing, type Reviewing } from './reviewing.service.ts'

/** The job that draws: with a wish the sample of that month, without one what is due. */
export const samplingJob = 'alerts.sample'

export interface Sampling {
  readonly draws: Draws
  readonly reviewing: Reviewing
}

export function createSampling(dependencies: SamplingDependencies): Sampling {
  return { draws: createDraws(dependencies), reviewing: createReviewing(dependencies) }
}
