import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { StateTag } from '../../../kit/index.ts'

export type Handover = components['schemas']['Handover']

/** Done, or whose signature is awaited. */
export function HandoverState({ handover }: { handover: Handover }) {
  const { t } = useTranslation()
  if (handover.completedAt) return <StateTag tone="done">{t('handovers.completed')}</StateTag>
  if (!handover.giverSignedAt && !handover.receiverSignedAt)
    return <StateTag tone="yellow">{t('handovers.awaitsBoth')}</StateTag>
  return (
    <StateTag tone="yellow">
      {t(handover.giverSignedAt ? 'handovers.awaitsReceiver' : 'handovers.awaitsGiver')}
    </StateTag>
  )
}
