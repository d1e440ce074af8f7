import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { AlertDetail } from './alert-actions.tsx'
import { useAlertPack } from './use-alert-packs.ts'

/** What the office has found of an alert so far, as facts of the page's head: only what there is. */
export function JudgedFacts({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation()
  const pack = useAlertPack(alert.pack)
  const kind = pack?.irregularities.find(({ code }) => code === alert.irregularity)
  const recovered = Number(alert.recoveredAmount) > 0
  return (
    <>
      {alert.handedOn ? <Fact title={t('alerts.conditions.handedOn')}>{t('alerts.yes')}</Fact> : null}
      {alert.heldReason ? <Fact title={t('alerts.heldReason')}>{alert.heldReason}</Fact> : null}
      {alert.verdict ? (
        <Fact title={t('alerts.verdict')}>
          {t(`alerts.verdicts.${alert.verdict}`)} {alert.verdictReason}
        </Fact>
      ) : null}
      {alert.irregularity ? (
        <Fact title={t('alerts.irregularity')}>{kind ? inLanguage(kind.title) : alert.irregularity}</Fact>
      ) : null}
      {alert.violationAmount ? (
        <Fact title={t('alerts.violationAmount')}>
          <Amount yuan={alert.violationAmount} />
        </Fact>
      ) : null}
      {recovered ? (
        <Fact title={t('alerts.recoveredAmount')}>
          <Amount yuan={alert.recoveredAmount} />
        </Fact>
      ) : null}
    </>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd style={{ whiteSpace: 'pre-wrap' }}>{children}</dd>
    </>
  )
}
