import { useTranslation } from 'react-i18next'
import { StateTag } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import type { ExplainedHit } from './use-explanation.ts'

type Office = NonNullable<ExplainedHit['office']>

const tones = { agrees: 'done', differs: 'yellow', gone: 'yellow', failed: 'red' } as const

/** Whether the facts, worked out again, still say what was stored; otherwise which values have changed. */
export function Recomputed({ office }: { office: Office }) {
  const { t } = useTranslation()
  const version = office.ruleVersion.slice(0, 12)
  return (
    <div className="recomputed">
      <StateTag tone={office.sameRule ? tones[office.outcome] : 'yellow'}>
        {t(`explain.verdicts.${office.outcome}`)}
      </StateTag>{' '}
      {t(`explain.outcomes.${office.outcome}`)}
      {office.sameRule ? null : ` ${t('explain.otherRule')}`}{' '}
      <span className="muted">{t('explain.pinned', { version, day: office.runOn })}</span>
      {office.differences.length > 0 ? (
        <ul className="comparisons">
          {office.differences.map(({ name, title, stored, now }) => (
            <li key={name}>
              {inLanguage(title)}: {t('explain.stored')} <b>{stored ?? '—'}</b>, {t('explain.now')}{' '}
              <b>{now ?? '—'}</b>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
