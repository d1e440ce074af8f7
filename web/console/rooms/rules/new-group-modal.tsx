import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../kit/index.ts'
import type { Level } from '../../../kit/level-tag.tsx'
import { ProposeModal } from './propose-modal.tsx'
import type { ConfiguredObject } from './rule.ts'

/** A further keyword group, with its first words; it exists once it has been approved. */
export function NewGroupModal(props: { groups: readonly ConfiguredObject[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [zh, setZh] = useState('')
  const [en, setEn] = useState('')
  const [level, setLevel] = useState<Level>('yellow')
  const [words, setWords] = useState('')
  const taken = props.groups.some(({ object }) => object === code)
  const keywords = [...new Set(words.split(/[、,，\s]+/).filter(Boolean))]
  return (
    <ProposeModal
      title={t('rules.newGroup')}
      draft={() => ({
        kind: 'keyword_group',
        object: code,
        baseVersion: 0,
        content: {
          name: { zh, en },
          level,
          prohibited: false,
          keywords,
          stop: [],
          tax_classes: [],
          short_classes: [],
        },
      })}
      onClose={props.onClose}
    >
      <Form layout="vertical" component={false}>
        <Form.Item
          label={t('rules.groupCode')}
          extra={t('rules.groupCodeHint')}
          {...(taken ? { validateStatus: 'error' as const, help: t('rules.groupTaken') } : {})}
        >
          <Input value={code} maxLength={40} onChange={({ target }) => setCode(target.value)} />
        </Form.Item>
        <Form.Item label={t('rules.nameZh')}>
          <Input value={zh} maxLength={40} onChange={({ target }) => setZh(target.value)} />
        </Form.Item>
        <Form.Item label={t('rules.nameEn')}>
          <Input value={en} maxLength={80} onChange={({ target }) => setEn(target.value)} />
        </Form.Item>
        <Form.Item label={t('rules.fields.level')}>
          <Radio.Group value={level} onChange={({ target }) => setLevel(target.value as Level)}>
            {(['red', 'yellow', 'blue'] as const).map((one) => (
              <Radio key={one} value={one}>
                <LevelTag level={one} />
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item label={t('rules.fields.keywords')} extra={t('rules.addWords')}>
          <Input.TextArea rows={3} value={words} onChange={({ target }) => setWords(target.value)} />
        </Form.Item>
      </Form>
    </ProposeModal>
  )
}
