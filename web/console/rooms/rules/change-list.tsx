import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../kit/index.ts'
import type { Level } from '../../../kit/level-tag.tsx'
import { inLanguage } from '../../language.ts'
import { GradingRows } from './grading-rows.tsx'
import { parameterText, unitText } from './parameter-text.ts'
import type { Bilingual, GradingRow, Parameter, RuleChange, RuleMode } from './rule.ts'

/** What differs, old beside new; of lists of words, what came and what went. */
export function ChangeList(props: { changes: readonly RuleChange[]; parameters?: readonly Parameter[] }) {
  const { t } = useTranslation()
  const { parameters = [] } = props
  return (
    <dl className="changes">
      {props.changes.map((change) => {
        const parameter = parameters.find(({ name }) => change.field === `parameters.${name}`)
        const label = parameter
          ? inLanguage(parameter.title)
          : t(`rules.fields.${change.field}`, { defaultValue: change.field.replace('parameters.', '') })
        return (
          <div key={change.field} className={change.field === 'rows' ? 'whole' : ''}>
            <dt>{label}</dt>
            <dd>
              {change.added && change.removed ? (
                <Words added={change.added} removed={change.removed} />
              ) : (
                <BeforeAfter change={change} parameter={parameter} />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Words({ added, removed }: { added: readonly string[]; removed: readonly string[] }) {
  return (
    <>
      {removed.map((word) => (
        <Tag key={`-${word}`} className="word gone">
          <span aria-hidden>−</span> {word}
        </Tag>
      ))}
      {added.map((word) => (
        <Tag key={`+${word}`} className="word come">
          <span aria-hidden>＋</span> {word}
        </Tag>
      ))}
    </>
  )
}

function BeforeAfter({ change, parameter }: { change: RuleChange; parameter: Parameter | undefined }) {
  const shown = (value: unknown) => <Value field={change.field} value={value} parameter={parameter} />
  if (change.field === 'rows') {
    return (
      <div className="tables-beside">
        <div className="before">{shown(change.before)}</div>
        <div className="after">{shown(change.after)}</div>
      </div>
    )
  }
  return (
    <>
      <span className="before">{shown(change.before)}</span>
      <span aria-hidden> → </span>
      <span className="after">{shown(change.after)}</span>
    </>
  )
}

function Value(props: { field: string; value: unknown; parameter: Parameter | undefined }): ReactNode {
  const { t } = useTranslation()
  const { field, value, parameter } = props
  if (value === null || value === undefined) return '—'
  if (field === 'mode') return t(`rules.modes.${value as RuleMode}`)
  if (field === 'level') return <LevelTag level={value as Level} />
  if (field === 'rows') return <GradingRows rows={value as GradingRow[]} />
  if (typeof value === 'boolean') return t(value ? 'rules.yes' : 'rules.no')
  if (field === 'name') {
    const { zh, en } = value as Bilingual
    return `${zh} / ${en}`
  }
  const text = parameterText(parameter?.type ?? 'integer', value as string)
  return parameter?.unit ? `${text} ${unitText(parameter.unit)}` : text
}
