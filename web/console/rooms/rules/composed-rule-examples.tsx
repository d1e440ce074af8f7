import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import type { ComposedContent } from './composed-rule.ts'
import { useComposableDatasets } from './use-composable-datasets.ts'

/** Examples as rows: those that must hit marked, those that must not quiet. */
export function ComposedExamples({ content }: { content: ComposedContent }) {
  const { t } = useTranslation()
  const datasets = useComposableDatasets()
  const dataset = datasets.data?.find(({ name }) => name === content.dataset)
  const names = [...new Set(content.examples.flatMap(({ record }) => Object.keys(record)))]
  if (content.examples.length === 0) return <span className="muted">{t('composed.noExamples')}</span>
  return (
    <div className="example-table">
      <table>
        <thead>
          <tr>
            <th>{t('composed.expected')}</th>
            <th>{t('composed.example')}</th>
            {names.map((name) => {
              const column = dataset?.columns.find((one) => one.name === name)
              return <th key={name}>{column ? inLanguage(column.title) : name}</th>
            })}
          </tr>
        </thead>
        <tbody>
          {content.examples.map((example) => (
            <tr key={JSON.stringify(example)} className={example.hit ? 'hit' : 'miss'}>
              <td>{t(example.hit ? 'composed.mustHit' : 'composed.mustNotHit')}</td>
              <td>{inLanguage(example.name)}</td>
              {names.map((name) => (
                <td key={name}>{shown(name, example.record[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )

  function shown(name: string, value: string | number | boolean | null | undefined): string {
    if (value === null || value === undefined || value === '') return '—'
    const choice = dataset?.columns
      .find((column) => column.name === name)
      ?.choices.find((one) => one.value === value)
    return choice ? inLanguage(choice.title) : String(value)
  }
}
