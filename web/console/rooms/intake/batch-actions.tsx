import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import type { BatchDetail } from './batch.ts'

const forms = ['xlsx', 'csv'] as const
type Deed = 'all' | 'good' | 'undo'

/** Load everything, load the good rows only, take the batch back, or take the refused rows home to mend them. */
export function BatchActions({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const queries = useQueryClient()
  const params = { path: { batchId: batch.batchId } }
  const act = useMutation({
    mutationFn: (deed: Deed) =>
      deed === 'undo'
        ? answered(client.POST('/api/v1/intake/batches/{batchId}/undo', { params }))
        : answered(client.POST('/api/v1/intake/batches/{batchId}/load', { params, body: { mode: deed } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['intake'] }),
  })
  const mayLoad = may(session, 'intake.load')
  const good = batch.totalRows - batch.refusedRows
  const busy = (deed: Deed) => act.isPending && act.variables === deed
  const open = mayLoad && batch.state === 'checked'
  return (
    <div className="panel no-print">
      <Space wrap>
        {open && batch.refusedRows === 0 ? (
          <Button type="primary" loading={busy('all')} onClick={() => act.mutate('all')}>
            {t('intake.loadAll', { count: batch.totalRows })}
          </Button>
        ) : null}
        {open && batch.refusedRows > 0 && good > 0 ? (
          <Button type="primary" loading={busy('good')} onClick={() => act.mutate('good')}>
            {t('intake.loadGood', { count: good })}
          </Button>
        ) : null}
        {batch.refusedRows > 0 && !batch.posted
          ? forms.map((form) => (
              <Button
                key={form}
                icon={<DownloadOutlined />}
                href={`/api/v1/intake/batches/${batch.batchId}/refused.${form}`}
              >
                {t('intake.download', { form: form.toUpperCase() })}
              </Button>
            ))
          : null}
        {mayLoad && batch.state === 'loaded' ? (
          <Popconfirm
            title={t('intake.undoSure')}
            okText={t('kit.ok')}
            cancelText={t('kit.cancel')}
            onConfirm={() => act.mutate('undo')}
          >
            <Button danger loading={busy('undo')}>
              {t('intake.undo')}
            </Button>
          </Popconfirm>
        ) : null}
        <span className="muted">{t(`intake.next.${batch.state}`)}</span>
      </Space>
      {act.isError ? <ErrorState error={act.error} /> : null}
    </div>
  )
}
