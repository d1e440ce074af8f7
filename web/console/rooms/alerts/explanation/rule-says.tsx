import { useTranslation } from 'react-i18next'
import { groupedYuan } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import { HitHead } from './hit-head.tsx'
import { Recomputed } from './recomputed.tsx'
import type { ExplainedHit } from './use-explanation.ts'

/** What the rule says: condition with this case's values against the thresholds, reading, legal basis. */
export function RuleSays({ hits }: { hits: readonly ExplainedHit[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel">
      <h2>{t('explain.ruleSays')}</h2>
      {hits.map((hit) => (
        <div key={hit.hitId} className="explained">
          <HitHead hit={hit} />
          <dl className="facts">
            <dt>{t('explain.condition')}</dt>
            <dd>
              {hit.condition ? inLanguage(hit.condition) : '—'}
              <Comparisons hit={hit} />
            </dd>
            {hit.levelWhen ? (
              <>
                <dt>{t('explain.levelWhen')}</dt>
                <dd>{inLanguage(hit.levelWhen)}</dd>
              </>
            ) : null}
            <dt>{t('explain.reading')}</dt>
            <dd>{inLanguage(hit.reading)}</dd>
            <dt>{t('explain.basis')}</dt>
            <dd>
              {hit.basis.map((basis) => (
                <div key={basis.zh}>
                  {inLanguage(basis)}{' '}
                  <span className="muted">{t(`explain.certainty.${basis.certainty}`)}</span>
                </div>
              ))}
            </dd>
            <Evidence hit={hit} />
          </dl>
          {hit.office ? <Recomputed office={hit.office} /> : null}
        </div>
      ))}
    </section>
  )
}

/** One line for each comparison: the case's value, the relation in words, the threshold. */
function Comparisons({ hit }: { hit: ExplainedHit }) {
  const { t } = useTranslation()
  if (hit.comparisons.length === 0) return null
  return (
    <ul className="comparisons">
      {hit.comparisons.map(({ left, relation, right }) => (
        <li key={left.title.zh + relation + right.title.zh}>
          {inLanguage(left.title)} <b>{shownValue(left)}</b> {t(`explain.relations.${relation}`)}{' '}
          {inLanguage(right.title)} <b>{shownValue(right)}</b>
        </li>
      ))}
    </ul>
  )
}

function shownValue({ kind, value }: { kind: string; value: string | null }): string {
  if (value === null) return '—'
  if (kind === 'money') return groupedYuan(value)
  if (kind === 'ratio') return `${(Number(value) * 100).toFixed(1).replace(/\.0$/, '')}%`
  return value
}

function Evidence({ hit }: { hit: ExplainedHit }) {
  return hit.evidence.map(({ name, title, kind, value }) => (
    <div key={name} style={{ display: 'contents' }}>
      <dt>{inLanguage(title)}</dt>
      <dd>{shownValue({ kind, value: value === null ? null : String(value) })}</dd>
    </div>
  ))
}
