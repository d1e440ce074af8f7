import { useMutation } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'

/** Asks for the sample of a month that has none; it is drawn by a job within moments. */
export function DrawButton({ pack, onAsked }: { pack: string; onAsked: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const session = useCurrentSession()
  const [month, setMonth] = useState<Dayjs>(dayjs().subtract(1, 'month'))
  const [open, setOpen] = useState(false)
  const ask = useMutation({
    mutationFn: () =>
      answered(client.POST('/api/v1/sample-draws', { body: { pack, month: month.format('YYYY-MM') } })),
    onSuccess: () => {
      void message.success(t('quality.drawAsked'), 6)
      setOpen(false)
      onAsked()
    },
  })
  if (!may(session, 'alerts.draw_sample')) return null
  return (
    <>
      <Button type="primary" disabled={pack === ''} onClick={() => setOpen(true)}>
        {t('quality.drawNow')}
      </Button>
      <Modal
        open={open}
        title={t('quality.drawNow')}
        okText={t('quality.drawNow')}
        cancelText={t('kit.cancel')}
        confirmLoading={ask.isPending}
        onOk={() => ask.mutate()}
        onCancel={() => {
          ask.reset()
          setOpen(false)
        }}
      >
        <p>{t('quality.drawNote')}</p>
        <Form layout="vertical">
          <Form.Item label={t('quality.month')}>
            <DatePicker
              picker="month"
              allowClear={false}
              value={month}
              maxDate={dayjs().subtract(1, 'month')}
              onChange={(chosen) => chosen && setMonth(chosen)}
            />
          </Form.Item>
        </Form>
        {ask.isError ? <ErrorState error={ask.error} /> : null}
      </Modal>
    </>
  )
}
