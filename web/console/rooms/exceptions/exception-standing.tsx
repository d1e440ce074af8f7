import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { StateTag } from '../../../kit/index.ts'

type Standing = components['schemas']['RuleException']['standing']

const tones = {
  proposed: 'yellow',
  in_force: 'done',
  expired: 'none',
  refused: 'none',
  withdrawn: 'none',
  ended: 'none',
  annulled: 'none',
} as const satisfies Record<Standing, string>

export const standings = Object.keys(tones) as readonly Standing[]

/** Where an exception stands today: whether it waits, holds, or is over and how. */
export function ExceptionStanding({ standing }: { standing: Standing }) {
  const { t } = useTranslation()
  return <StateTag tone={tones[standing]}>{t(`exceptions.standings.${standing}`)}</StateTag>
}
