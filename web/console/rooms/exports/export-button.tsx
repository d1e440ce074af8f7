import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { paths } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, keepFile } from '../../../kit/index.ts'

interface Order {
  readonly form: 'xlsx' | 'csv'
  readonly purpose: string
}

/** The routes that answer with a file. */
type ExportPath = Extract<keyof paths, `${string}/export`>
type Conditions = Readonly<Record<string, string | undefined>>

/** Takes a list out as a file, as it is narrowed on the page; why is asked first and stands in the register. */
export function ExportButton({ path, conditions }: { path: ExportPath; conditions: Conditions }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [form] = Form.useForm<Order>()
  const take = useMutation({
    mutationFn: (order: Order) => download(path, conditions, order),
    onSuccess: (mark) => {
      void message.success(t('exports.done', { mark }))
      setAsking(false)
    },
  })
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setAsking(true)}>
        {t('exports.export')}
      </Button>
      {asking ? (
        <Modal
          open
          title={t('exports.export')}
          okText={t('exports.export')}
          cancelText={t('kit.cancel')}
          confirmLoading={take.isPending}
          onCancel={() => setAsking(false)}
          onOk={() => form.submit()}
        >
          <p className="muted">{t('exports.note')}</p>
          <Form<Order>
            form={form}
            layout="vertical"
            initialValues={{ form: 'xlsx' }}
            onFinish={(order) => take.mutate(order)}
          >
            <Form.Item name="form" label={t('exports.form')}>
              <Radio.Group
                options={(['xlsx', 'csv'] as const).map((value) => ({
                  value,
                  label: t(`exports.forms.${value}`),
                }))}
              />
            </Form.Item>
            <Form.Item
              name="purpose"
              label={t('exports.purpose')}
              rules={[{ required: true, min: 2, message: t('exports.missing') }]}
            >
              <Input.TextArea rows={3} maxLength={300} showCount autoFocus />
            </Form.Item>
          </Form>
          {take.isError ? <ErrorState error={take.error} /> : null}
        </Modal>
      ) : null}
    </>
  )
}

/** Asks for the file and gives it to the browser to keep. Returns its mark. */
async function download(path: ExportPath, conditions: Conditions, order: Order): Promise<string> {
  const call = client.POST(path, { params: { query: conditions as never }, body: order, parseAs: 'blob' })
  const content = await answered<Blob>(call as never)
  const { headers } = (await call).response
  keepFile(content, headers, `list.${order.form}`)
  return headers.get('x-export-mark') ?? ''
}
