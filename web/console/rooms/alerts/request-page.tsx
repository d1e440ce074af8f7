import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { usePageName } from '../../page-name.ts'
import { RequestSheet } from './request-sheet.tsx'

type PrintedRequest = components['schemas']['PrintedRequest']

/** The explanation request (问询单) as it is printed: what is on the screen is what is on the paper. */
export function RequestPage() {
  const { t } = useTranslation()
  const { alertId = '' } = useParams()
  const print = useMutation({
    mutationFn: ({ purpose }: { purpose: string }) =>
      answered<PrintedRequest>(
        client.POST('/api/v1/alerts/{alertId}/explanation-request', {
          params: { path: { alertId } },
          body: { purpose },
        }),
      ),
  })
  usePageName(print.data?.number)
  return (
    <div className="page paper-page">
      <div className="page-head no-print">
        <h1>{t('request.title')}</h1>
        <div className="right">
          <Link to={`/alerts/${alertId}`}>{t('request.back')}</Link>
          {print.data ? (
            <Button type="primary" onClick={() => window.print()}>
              {t('request.print')}
            </Button>
          ) : null}
        </div>
      </div>
      {print.data ? (
        <RequestSheet sheet={print.data} />
      ) : (
        <Form
          className="panel no-print asked-why"
          layout="vertical"
          onFinish={(entry) => print.mutate(entry)}
        >
          <p className="muted">{t('request.registered')}</p>
          <Form.Item
            name="purpose"
            label={t('exports.purpose')}
            rules={[{ required: true, min: 2, message: t('exports.missing') }]}
          >
            <Input maxLength={300} style={{ maxWidth: 480 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={print.isPending}>
            {t('request.make')}
          </Button>
          {print.isError ? <ErrorState error={print.error} /> : null}
        </Form>
      )}
    </div>
  )
}
