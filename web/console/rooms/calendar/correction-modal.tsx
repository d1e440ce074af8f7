import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'

interface Entry {
  readonly as: 'work' | 'off' | 'takenBack'
  readonly holiday?: string
  readonly reason: string
}

/** Corrects one day: open terms are counted anew by it, so it asks why. */
export function CorrectionModal(props: { day: components['schemas']['CalendarDay']; onClose: () => void }) {
  const { t } = useTranslation()
  const { day, onClose } = props
  const queries = useQueryClient()
  const [form] = Form.useForm<Entry>()
  const correct = useMutation({
    mutationFn: ({ as, holiday, reason }: Entry) =>
      answered(
        client.POST('/api/v1/calendar/corrections', {
          body: {
            onDate: day.onDate,
            isWorkday: as === 'takenBack' ? null : as === 'work',
            holiday: holiday || null,
            reason,
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['calendar'] })
      onClose()
    },
  })
  const choices = day.corrected ? (['work', 'off', 'takenBack'] as const) : (['work', 'off'] as const)
  return (
    <Modal
      open
      title={t('calendar.correct', { date: day.onDate })}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      confirmLoading={correct.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        initialValues={{ as: day.isWorkday ? 'off' : 'work' }}
        onFinish={(entry) => correct.mutate(entry)}
      >
        <Form.Item name="as" label={t('calendar.as')}>
          <Radio.Group options={choices.map((value) => ({ value, label: t(`calendar.${value}`) }))} />
        </Form.Item>
        <Form.Item name="holiday" label={t('calendar.holiday')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          extra={t('calendar.reasonHint')}
          rules={[{ required: true, min: 4, message: t('calendar.reasonHint') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
      {correct.isError ? <ErrorState error={correct.error} /> : null}
    </Modal>
  )
}
