import { useTranslation } from 'react-i18next'
import { StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { RuleRun } from './rule.ts'

const tone = { ok: 'done', failed: 'red', timed_out: 'red', not_computable: 'yellow' } as const

/** How a rule went: that it found nothing, and that it could not be computed, are two things. */
export function RunState({ run }: { run: RuleRun | null }) {
  const { t } = useTranslation()
  if (!run) return <span className="muted">{t('rules.neverRun')}</span>
  const missing = run.missing.map(({ title }) => inLanguage(title)).join(t('rules.comma'))
  return (
    <span className="run-state" title={shanghaiTime(run.finishedAt)}>
      <StateTag tone={tone[run.state]}>{t(`rules.runStates.${run.state}`)}</StateTag>
      {missing ? <span className="muted">{t('rules.missing', { datasets: missing })}</span> : null}
    </span>
  )
}
