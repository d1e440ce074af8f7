import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Drawer, Form, Input, InputNumber, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { qualityKey, type SampleSize, useSizes } from './quality.ts'

/** How many records are drawn per month: what was decided, from when and why; leaders decide anew. */
export function SizeButton({ pack }: { pack: string }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [open, setOpen] = useState(false)
  const sizes = useSizes()
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('quality.sizes')}</Button>
      <Drawer open={open} size={640} title={t('quality.sizes')} onClose={() => setOpen(false)}>
        {sizes.isError ? <ErrorState error={sizes.error} retry={() => void sizes.refetch()} /> : null}
        <Table<SampleSize>
          size="small"
          rowKey={({ fromMonth, setAt }) => `${fromMonth} ${setAt}`}
          loading={sizes.isPending}
          pagination={false}
          dataSource={(sizes.data ?? []).filter((size) => size.pack === pack)}
          columns={[
            {
              title: t('quality.fromMonth'),
              width: 110,
              render: (_value, { fromMonth }) => fromMonth ?? t('quality.shipped'),
            },
            { title: t('quality.size'), dataIndex: 'size', width: 90, align: 'right' },
            { title: t('quality.reason'), render: (_value, { reason }) => reason ?? '—' },
            {
              title: t('quality.setBy'),
              width: 170,
              render: (_value, { setBy, setAt }) => (setAt ? `${setBy} ${shanghaiTime(setAt)}` : '—'),
            },
          ]}
        />
        {may(session, 'alerts.set_sample') ? <SizeForm pack={pack} /> : null}
      </Drawer>
    </>
  )
}

interface Entry {
  readonly fromMonth: Dayjs
  readonly size: number
  readonly reason: string
}

function SizeForm({ pack }: { pack: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form] = Form.useForm<Entry>()
  const set = useMutation({
    mutationFn: ({ fromMonth, size, reason }: Entry) =>
      answered(
        client.POST('/api/v1/sample-sizes', {
          body: { pack, fromMonth: fromMonth.format('YYYY-MM'), size, reason },
        }),
      ),
    onSuccess: async () => {
      form.resetFields()
      void message.success(t('quality.sizeSet'))
      await queries.invalidateQueries({ queryKey: [qualityKey] })
    },
  })
  return (
    <Form<Entry>
      form={form}
      layout="vertical"
      style={{ marginTop: 24 }}
      initialValues={{ fromMonth: dayjs(), size: 50 }}
      onFinish={(entry) => set.mutate(entry)}
    >
      <Form.Item name="fromMonth" label={t('quality.fromMonth')} rules={[{ required: true }]}>
        <DatePicker picker="month" allowClear={false} />
      </Form.Item>
      <Form.Item name="size" label={t('quality.size')} rules={[{ required: true }]}>
        <InputNumber min={1} max={1000} precision={0} />
      </Form.Item>
      <Form.Item name="reason" label={t('quality.reason')} rules={[{ required: true, min: 4, max: 500 }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {set.isError ? <ErrorState error={set.error} /> : null}
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t('quality.setSize')}
      </Button>
    </Form>
  )
}
