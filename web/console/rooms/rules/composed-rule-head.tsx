import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { ComposableDataset, ComposedContent } from './composed-rule.ts'

/** What the rule is called, over which data it runs, and how grave a hit is. */
export function ComposedHead(props: {
  content: ComposedContent
  datasets: readonly ComposableDataset[]
  fixedDataset: boolean
  onChange: (part: Partial<ComposedContent>) => void
  onDataset: (name: string) => void
}) {
  const { t } = useTranslation()
  const { content, onChange } = props
  const title = (language: 'zh' | 'en') => (
    <Form.Item label={t(`composed.titles.${language}`)} htmlFor={`title-${language}`}>
      <Input
        id={`title-${language}`}
        maxLength={language === 'zh' ? 60 : 120}
        value={content.title[language]}
        onChange={({ target }) => onChange({ title: { ...content.title, [language]: target.value } })}
      />
    </Form.Item>
  )
  return (
    <div className="panel">
      <Form layout="vertical" component="div" className="composed-head">
        {title('zh')}
        {title('en')}
        <Form.Item
          label={t('composed.dataset')}
          htmlFor="composed-dataset"
          extra={props.fixedDataset ? t('composed.datasetFixed') : t('composed.datasetNote')}
        >
          <Select
            id="composed-dataset"
            disabled={props.fixedDataset}
            value={content.dataset}
            onChange={props.onDataset}
            options={props.datasets.map((dataset) => ({
              value: dataset.name,
              label: inLanguage(dataset.title),
            }))}
          />
        </Form.Item>
        <Form.Item label={t('composed.level')}>
          <Radio.Group
            value={content.level}
            onChange={({ target }) => onChange({ level: target.value as ComposedContent['level'] })}
          >
            {(['red', 'yellow', 'blue'] as const).map((level) => (
              <Radio key={level} value={level}>
                <LevelTag level={level} />
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
    </div>
  )
}
