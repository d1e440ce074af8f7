import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePacks } from '../boards/use-board.ts'
import { qualityKey, type SampleItem } from './quality.ts'

interface Entry {
  readonly outcome: 'no_finding' | 'missed'
  readonly missedRule?: string
  readonly note?: string
}

/** Says what was found in a drawn record; a missed finding names the rule that should have found it, and why. */
export function JudgementForm({ item }: { item: SampleItem }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form] = Form.useForm<Entry>()
  const outcome = Form.useWatch('outcome', form)
  const rules = usePacks().find(({ pack }) => pack === item.pack)?.rules ?? []
  const judge = useMutation({
    mutationFn: ({ outcome: found, missedRule, note }: Entry) =>
      answered<SampleItem>(
        client.POST('/api/v1/sample-items/{itemId}/judgement', {
          params: { path: { itemId: item.itemId } },
          body: {
            outcome: found,
            version: item.version,
            ...(found === 'missed' && missedRule ? { missedRule } : {}),
            ...(note?.trim() ? { note: note.trim() } : {}),
          },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('quality.items.saved'))
      await queries.invalidateQueries({ queryKey: [qualityKey] })
    },
  })
  return (
    <div className="panel no-print">
      <h2>{t('quality.items.judge')}</h2>
      {item.outcome ? (
        <p className="muted">
          {item.judgedBy} · {t('quality.items.again')}
        </p>
      ) : null}
      <Form<Entry>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{ outcome: item.outcome, missedRule: item.missedRule, note: item.note }}
        onFinish={(entry) => judge.mutate(entry)}
      >
        <Form.Item name="outcome" label={t('quality.items.outcome')} rules={[{ required: true }]}>
          <Radio.Group
            options={(['no_finding', 'missed'] as const).map((value) => ({
              value,
              label: t(`quality.items.outcomes.${value}`),
            }))}
          />
        </Form.Item>
        {outcome === 'missed' ? (
          <Form.Item name="missedRule" label={t('quality.items.missedRule')} rules={[{ required: true }]}>
            <Select
              showSearch
              optionFilterProp="label"
              options={[
                { value: 'none', label: t('quality.items.noneLooks') },
                ...rules.map(({ code, title }) => ({ value: code, label: `${code} ${inLanguage(title)}` })),
              ]}
            />
          </Form.Item>
        ) : null}
        <Form.Item
          name="note"
          label={t('quality.items.note')}
          extra={t('quality.items.noteHint')}
          rules={[{ required: outcome === 'missed', min: 2 }]}
        >
          <Input.TextArea rows={3} maxLength={2000} showCount />
        </Form.Item>
        {judge.isError ? <ErrorState error={judge.error} /> : null}
        <Button type="primary" htmlType="submit" loading={judge.isPending}>
          {t('quality.items.save')}
        </Button>
      </Form>
    </div>
  )
}
