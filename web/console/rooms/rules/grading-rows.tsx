import { useTranslation } from 'react-i18next'
import { groupedYuan, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { GradingRow } from './rule.ts'
import { useRules } from './use-rules.ts'

/** A decision table to read: the first row whose conditions all hold decides. */
export function GradingRows({ rows }: { rows: readonly GradingRow[] }) {
  return (
    <ol className="grading">
      {rows.map((row) => (
        <li key={JSON.stringify(row)}>
          <LevelTag level={row.level} />
          <div>
            {inLanguage(row.title)}
            <div className="muted">
              <GradingConditions row={row} />
            </div>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The conditions of a row in words. */
export function GradingConditions({ row }: { row: GradingRow }) {
  const { t } = useTranslation()
  const rules = useRules().data ?? []
  const titleOf = (name: string) => {
    const [code, key] = name.split('.')
    const rule = rules.find((known) => known.code === code)
    const title = key ? rule?.conditions.find((condition) => condition.key === key)?.title : rule?.title
    return title ? `${code} ${inLanguage(title)}` : name
  }
  const listed = (names: readonly string[]) => names.map(titleOf).join(t('rules.comma'))
  const said = [
    row.hit_level
      ? t('rules.grading.hitLevel', {
          levels: row.hit_level.map((level) => t(`kit.level.${level}`)).join(t('rules.comma')),
        })
      : '',
    row.rules ? t('rules.grading.ofRules', { rules: listed(row.rules) }) : '',
    row.conditions ? t('rules.grading.ofConditions', { conditions: listed(row.conditions) }) : '',
    row.min_rules === undefined ? '' : t('rules.grading.minRules', { count: row.min_rules }),
    row.min_amount === undefined
      ? ''
      : t('rules.grading.minAmount', { amount: groupedYuan(String(row.min_amount)) }),
  ].filter(Boolean)
  return said.length === 0 ? t('rules.grading.always') : said.join(t('rules.grading.and'))
}
