import { useMutation, useQueryClient } from '@tanstack/react-query'
import { DatePicker, Form, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, shanghaiTime } from '../../../kit/index.ts'

/** Today in Shanghai, wherever the browser stands. */
export function shanghaiToday(): string {
  return shanghaiTime(new Date().toISOString()).slice(0, 10)
}

/** A day as text, chosen in a calendar. */
export function DayField(props: { value?: string; onChange?: (day: string | undefined) => void }) {
  return (
    <DatePicker
      style={{ width: '100%' }}
      value={props.value ? dayjs(props.value) : null}
      onChange={(day) => props.onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  )
}

/** One act on the organisation with its form; whatever could show it is read anew. */
export function ActModal<Values extends object>(props: {
  title: string
  note?: string
  danger?: boolean
  initial?: Partial<Values>
  act: (values: Values) => Promise<unknown>
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const acted = useMutation({
    mutationFn: props.act,
    onSuccess: async () => {
      props.onClose()
      for (const key of ['units', 'posts', 'organisation', 'people']) {
        await queries.invalidateQueries({ queryKey: [key] })
      }
    },
  })
  return (
    <Modal
      open
      title={props.title}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ danger: props.danger ?? false }}
      confirmLoading={acted.isPending}
      onCancel={props.onClose}
      onOk={() => form.submit()}
    >
      {props.note ? <p className="muted">{props.note}</p> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial ?? {}}
        onFinish={(values) => acted.mutate(values)}
      >
        {props.children}
      </Form>
      {acted.isError ? <ErrorState error={acted.error} /> : null}
    </Modal>
  )
}

/** The number of the decision and the reason, which every act asks for. */
export function DocumentAndReason({ document = true }: { document?: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {document ? (
        <Form.Item name="documentNo" label={t('organisation.documentNo')}>
          <Input maxLength={60} allowClear />
        </Form.Item>
      ) : null}
      <Form.Item
        name="reason"
        label={t('kit.reason')}
        extra={t('kit.reasonKept')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('kit.reasonMissing') }]}
      >
        <Input.TextArea rows={3} maxLength={300} showCount />
      </Form.Item>
    </>
  )
}
