import { LevelTag } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import type { ExplainedHit } from './use-explanation.ts'

/** Which rule a block speaks of, where an alert has hits of several. */
export function HitHead({ hit }: { hit: ExplainedHit }) {
  return (
    <p className="hit-head">
      <LevelTag level={hit.level} /> <b>{hit.rule}</b> {inLanguage(hit.title)}
    </p>
  )
}
