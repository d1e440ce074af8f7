import { Alert, App, DatePicker, Form, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { type Draft, usePropose } from './use-rules.ts'

interface Entry {
  readonly reason: string
  readonly effectiveFrom: string
}

const today = () => shanghaiTime(new Date().toISOString()).slice(0, 10)

/**
 * Files a change: what it is, why, and from when. It comes into force only when another person approves it, so the
 * reason is what that person reads.
 */
export function ProposeModal(props: {
  title: string
  /** The change as drafted; read when it is sent, so that the fields above may still be edited. */
  draft: () => Draft
  planned?: string | undefined
  children?: ReactNode
  wide?: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<Entry>()
  const [missing, setMissing] = useState(false)
  const propose = usePropose(() => {
    void message.success(t('rules.filed'))
    props.onClose()
  })
  return (
    <Modal
      open
      width={props.wide ? 880 : 600}
      title={props.title}
      okText={t('rules.submit')}
      cancelText={t('kit.cancel')}
      confirmLoading={propose.isPending}
      onCancel={props.onClose}
      onOk={() => form.submit()}
    >
      {props.planned ? (
        <Alert
          type="warning"
          showIcon
          title={t('rules.supersedesPlanned', { date: props.planned })}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      {props.children}
      <Form<Entry>
        form={form}
        layout="vertical"
        initialValues={{ effectiveFrom: today() }}
        onFinishFailed={() => setMissing(true)}
        onFinish={(entry) => propose.mutate({ ...props.draft(), ...entry })}
      >
        <Form.Item
          name="effectiveFrom"
          label={t('rules.effectiveFrom')}
          extra={t('rules.effectiveHint')}
          getValueProps={(value?: string) => ({ value: value ? dayjs(value) : undefined })}
          normalize={(value: dayjs.Dayjs | null) => value?.format('YYYY-MM-DD') ?? ''}
          rules={[{ required: true, message: t('rules.effectiveHint') }]}
        >
          <DatePicker allowClear={false} minDate={dayjs(today())} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          extra={t('rules.reasonHint')}
          validateStatus={missing ? '' : undefined}
          rules={[{ required: true, min: 4, message: t('rules.reasonMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
      {propose.isError ? <ErrorState error={propose.error} /> : null}
    </Modal>
  )
}
