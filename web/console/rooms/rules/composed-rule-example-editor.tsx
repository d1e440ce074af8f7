import { CheckCircleOutlined, CloseCircleOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import type { ComposableDataset, ComposedCheck, ComposedContent } from './composed-rule.ts'
import { CellInput } from './query-controls.tsx'

type Example = ComposedContent['examples'][number]
type Query = ComposedContent['query']

/** Records that must hit and near misses that must not; the columns are those that the condition looks at. */
export function ComposedExampleEditor(props: {
  content: ComposedContent
  dataset: ComposableDataset
  results: ComposedCheck['examples']
  onChange: (examples: Example[]) => void
}) {
  const { t } = useTranslation()
  const { content, dataset, results } = props
  const { examples } = content
  const names = [
    ...new Set([...fieldsOf(content.query), ...examples.flatMap(({ record }) => Object.keys(record))]),
  ]
  const columns = names.flatMap((name) => dataset.columns.find((column) => column.name === name) ?? [])
  const change = (place: number, part: Partial<Example>) =>
    props.onChange(examples.map((one, at) => (at === place ? { ...one, ...part } : one)))
  const add = (hit: boolean) => props.onChange([...examples, { name: { zh: '', en: '' }, record: {}, hit }])
  return (
    <div className="panel">
      <h2>{t('composed.examples')}</h2>
      <p className="muted" style={{ marginTop: 0 }}>
        {t('composed.examplesNote')}
      </p>
      {examples.length > 0 ? (
        <div className="example-table">
          <table>
            <thead>
              <tr>
                <th>{t('composed.expected')}</th>
                <th>{t('composed.exampleNames.zh')}</th>
                <th>{t('composed.exampleNames.en')}</th>
                {columns.map((column) => (
                  <th key={column.name}>{inLanguage(column.title)}</th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {examples.map((example, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an example has no name of its own but its place
                <tr key={place} className={example.hit ? 'hit' : 'miss'}>
                  <td>
                    <Select
                      aria-label={t('composed.expected')}
                      value={example.hit}
                      onChange={(hit) => change(place, { hit })}
                      options={[
                        { value: true, label: t('composed.mustHit') },
                        { value: false, label: t('composed.mustNotHit') },
                      ]}
                    />
                    <Outcome result={results.find((result) => result.place === place)} />
                  </td>
                  {(['zh', 'en'] as const).map((language) => (
                    <td key={language}>
                      <Input
                        aria-label={t(`composed.exampleNames.${language}`)}
                        style={{ width: 150 }}
                        maxLength={language === 'zh' ? 60 : 120}
                        value={example.name[language]}
                        onChange={({ target }) =>
                          change(place, { name: { ...example.name, [language]: target.value } })
                        }
                      />
                    </td>
                  ))}
                  {columns.map((column) => (
                    <td key={column.name}>
                      <CellInput
                        column={column}
                        label={inLanguage(column.title)}
                        value={example.record[column.name]}
                        onChange={(value) =>
                          change(place, { record: { ...example.record, [column.name]: value } })
                        }
                      />
                    </td>
                  ))}
                  <td>
                    <Button
                      type="text"
                      icon={<CloseOutlined />}
                      aria-label={t('composed.remove')}
                      onClick={() => props.onChange(examples.filter((_one, at) => at !== place))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <div className="placeholder-chips">
        <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add(true)}>
          {t('composed.addHit')}
        </Button>
        <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add(false)}>
          {t('composed.addMiss')}
        </Button>
      </div>
    </div>
  )
}

/** Whether the example held when it was last run, on both engines. */
function Outcome({ result }: { result: ComposedCheck['examples'][number] | undefined }) {
  const { t } = useTranslation()
  if (!result) return null
  return result.holds ? (
    <Tooltip title={t('composed.holds')}>
      <CheckCircleOutlined className="example-holds" aria-label={t('composed.holds')} />
    </Tooltip>
  ) : (
    <Tooltip title={t('composed.fails')}>
      <CloseCircleOutlined className="example-fails" aria-label={t('composed.fails')} />
    </Tooltip>
  )
}

function fieldsOf(group: Query): string[] {
  return group.rules.flatMap((part) =>
    'rules' in part ? fieldsOf(part as Query) : [(part as { field: string }).field],
  )
}
