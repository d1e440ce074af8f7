import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import type { ComposableDataset, ComposedContent } from './composed-rule.ts'

/** The sentence of a hit in both languages, with what it can be filled from. */
export function ComposedMessage(props: {
  content: ComposedContent
  dataset: ComposableDataset
  onChange: (part: Partial<ComposedContent>) => void
}) {
  const { t } = useTranslation()
  const { content, dataset, onChange } = props
  const append = (name: string) =>
    onChange({ message: { zh: `${content.message.zh}{${name}}`, en: `${content.message.en}{${name}}` } })
  return (
    <div className="panel">
      <h2>{t('composed.message')}</h2>
      <Form layout="vertical" component="div">
        {(['zh', 'en'] as const).map((language) => (
          <Form.Item
            key={language}
            label={t(`composed.messages.${language}`)}
            htmlFor={`message-${language}`}
            style={{ marginBottom: 12 }}
          >
            <Input.TextArea
              id={`message-${language}`}
              autoSize={{ minRows: 2 }}
              maxLength={language === 'zh' ? 300 : 600}
              placeholder={t(`composed.messagePlaceholders.${language}`)}
              value={content.message[language]}
              onChange={({ target }) =>
                onChange({ message: { ...content.message, [language]: target.value } })
              }
            />
          </Form.Item>
        ))}
      </Form>
      <p className="muted" style={{ margin: '0 0 6px' }}>
        {t('composed.placeholderNote')}
      </p>
      <div className="placeholder-chips">
        {dataset.placeholders.map(({ name, title }) => (
          <Button key={name} size="small" onClick={() => append(name)}>
            {inLanguage(title)} {`{${name}}`}
          </Button>
        ))}
      </div>
    </div>
  )
}
