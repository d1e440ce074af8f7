import { Form, Input, Modal } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state.tsx'

/** Asks why before something is done that is written into the log with its reason. */
export function ReasonModal(props: {
  title: string
  note?: string
  danger?: boolean
  busy: boolean
  error?: unknown
  onCancel: () => void
  onReason: (reason: string) => void
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  // The page below may have a field called reason too; a label belongs to one field of the document.
  const name = useId()
  return (
    <Modal
      open
      title={props.title}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ danger: props.danger ?? false }}
      confirmLoading={props.busy}
      onCancel={props.onCancel}
      onOk={() => form.submit()}
    >
      {props.note ? <p>{props.note}</p> : null}
      <Form form={form} name={name} layout="vertical" onFinish={({ reason }) => props.onReason(reason)}>
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          extra={t('kit.reasonKept')}
          rules={[{ required: true, min: 2, message: t('kit.reasonMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={300} showCount autoFocus />
        </Form.Item>
      </Form>
      {props.error ? <ErrorState error={props.error} /> : null}
    </Modal>
  )
}
