import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import type { Explanation } from './use-explanation.ts'

/** The pack's decision table with the row that decided, and the ladder above the open term. */
export function WhyThisLevel({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation()
  const { grading, ladder } = explanation
  return (
    <section className="panel">
      <h2>{t('explain.whyLevel')}</h2>
      <ol className="grading">
        {grading.map((row) => (
          <li key={row.title.zh} className={row.decided ? 'decided' : undefined}>
            <LevelTag level={row.level} /> {inLanguage(row.title)}
            {row.decided ? <b> {t('explain.decided')}</b> : null}
          </li>
        ))}
      </ol>
      {ladder.length > 0 ? (
        <>
          <h3>{t('explain.ladder')}</h3>
          <ol className="ladder">
            {ladder.map((rung) => (
              <li key={`${rung.step} ${rung.after}`} className={rung.reached ? 'reached' : undefined}>
                <b>{rung.onDate}</b>
                <span>{t(`explain.rungs.${rung.step}`)}</span>
                <span className="muted">
                  {rung.roles.map((role) => inLanguage(role)).join(t('explain.listJoin'))}
                </span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  )
}
