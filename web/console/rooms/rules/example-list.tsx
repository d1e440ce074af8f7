import { Collapse, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { LevelTag, StateTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { RuleDetail } from './rule.ts'

type Example = RuleDetail['examples'][number]

/** The rule's own examples, by condition: what must be found, and near it what must not. Both engines pass them all. */
export function ExampleList({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="muted">{t('rules.examplesNote')}</p>
      {rule.conditions.map(({ key, title }) => (
        <section key={key} className="example-group">
          <h3>{inLanguage(title)}</h3>
          <Collapse
            size="small"
            items={rule.examples
              .filter(({ condition }) => condition === key)
              .map((example) => ({
                key: example.name.zh,
                className: example.hits.length > 0 ? 'example hit' : 'example miss',
                label: <ExampleHead example={example} />,
                children: <ExampleRows example={example} />,
              }))}
          />
        </section>
      ))}
    </>
  )
}

function ExampleHead({ example }: { example: Example }) {
  const { t } = useTranslation()
  const [first] = example.hits
  return (
    <span className="tags">
      {first ? (
        <StateTag tone="done">{t('rules.mustHit')}</StateTag>
      ) : (
        <StateTag tone="none">{t('rules.mustNotHit')}</StateTag>
      )}
      {first ? <LevelTag level={first.level} /> : null}
      {inLanguage(example.name)}
      {example.hits.length > 1 ? (
        <span className="muted">{t('rules.hitCount', { count: example.hits.length })}</span>
      ) : null}
    </span>
  )
}

function ExampleRows({ example }: { example: Example }) {
  return Object.entries(example.given).map(([dataset, rows]) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    return (
      <div key={dataset} className="example-rows">
        <span className="muted code">{dataset}</span>
        <Table
          size="small"
          rowKey={(row) => JSON.stringify(row)}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={rows}
          columns={columns.map((column) => ({
            key: column,
            title: <span className="code">{column}</span>,
            render: (_value: unknown, row: Record<string, unknown>) =>
              row[column] === null || row[column] === undefined ? '—' : String(row[column]),
          }))}
        />
      </div>
    )
  })
}
