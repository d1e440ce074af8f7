import { useTranslation } from 'react-i18next'
import { Amount, groupedYuan, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { RequestDetail } from './payment-request.ts'

type Hit = RequestDetail['hits'][number]

/** What one rule found: its sentence, what it looked at, and the thresholds by which it judged. */
export function RequestHit({ hit }: { hit: Hit }) {
  const { t } = useTranslation()
  const evidence = hit.evidence.filter(({ value }) => value !== null && value !== '')
  return (
    <section className="panel">
      <h2>
        {hit.rule} {inLanguage(hit.title)} <LevelTag level={hit.level} />
        {hit.undisclosed ? <span className="note muted"> {t('fiscal.undisclosed')}</span> : null}
      </h2>
      <p className="sentence">{inLanguage(hit.message)}</p>
      <dl className="facts">
        <dt>{t('fiscal.condition')}</dt>
        <dd>{inLanguage(hit.condition)}</dd>
        <dt>{t('fiscal.atStake')}</dt>
        <dd>
          <Amount yuan={hit.amount} /> {t('kit.yuan')}
        </dd>
        {evidence.map(({ title, kind, value }) => (
          <Fact key={title.zh} title={inLanguage(title)} value={shown(kind, value ?? '')} />
        ))}
      </dl>
      {hit.parameters.length > 0 ? (
        <>
          <h3 className="muted">{t('fiscal.thresholds')}</h3>
          <dl className="facts">
            {hit.parameters.map(({ title, type, unit, value }) => (
              <Fact
                key={title.zh}
                title={inLanguage(title)}
                value={`${shown(type, value)}${unit && type !== 'texts' ? ` ${unit}` : ''}`}
              />
            ))}
          </dl>
        </>
      ) : null}
    </section>
  )
}

function Fact({ title, value }: { title: string; value: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  )
}

function shown(kind: string, value: string): string {
  if (kind === 'money') return groupedYuan(/\./.test(value) ? value : `${value}.00`)
  if (kind === 'ratio') return `${Math.round(Number(value) * 1000) / 10}%`
  return value
}
