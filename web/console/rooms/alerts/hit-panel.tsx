import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { Amount, groupedYuan, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

type Hit = components['schemas']['AlertHit']

/** What one rule found: its sentence, the level, and the evidence as it was recorded. */
export function HitPanel({ hit }: { hit: Hit }) {
  const { t } = useTranslation()
  const evidence = Object.entries(hit.evidence).filter(([, value]) => value !== null && value !== '')
  return (
    <section className="panel">
      <h2>
        {hit.rule} <LevelTag level={hit.level} />
      </h2>
      <p style={{ marginTop: 0, lineHeight: 1.8 }}>{inLanguage({ zh: hit.messageZh, en: hit.messageEn })}</p>
      <dl className="facts">
        {Object.entries(hit.keys).map(([name, value]) => (
          <Fact key={name} name={name} value={String(value)} />
        ))}
        <dt>{t('alerts.onDate')}</dt>
        <dd>{hit.onDate}</dd>
        <dt>{t('alerts.amount')}</dt>
        <dd>
          <Amount yuan={hit.amount} /> {t('kit.yuan')}
        </dd>
        {evidence.map(([name, value]) => (
          <Fact
            key={name}
            name={name}
            value={name === 'conditions' ? conditionNames(hit.rule, String(value), t) : String(value)}
          />
        ))}
        <dt>{t('alerts.version')}</dt>
        <dd className="muted">
          {hit.ruleVersion.slice(0, 12)} · {t('alerts.evidenceVersion', { n: hit.evidenceVersion })}
        </dd>
      </dl>
    </section>
  )
}

/** The conditions on which a hit rests, by the names that the rule gives them. */
function conditionNames(rule: string, codes: string, t: TFunction): string {
  return codes
    .split(',')
    .map((code) => t(`conditions.${rule}.${code}`, { defaultValue: code }))
    .join('，')
}

/** An amount as the stores write it; codes and numbers that are names have no point. */
const plainAmount = /^-?\d+\.\d{2}$/

function Fact({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation()
  return (
    <>
      <dt>{t(`alerts.evidence.${name}`, { defaultValue: name })}</dt>
      <dd>{plainAmount.test(value) ? groupedYuan(value) : value}</dd>
    </>
  )
}
