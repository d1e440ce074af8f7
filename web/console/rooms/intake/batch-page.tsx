import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { answered, client, ErrorState, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { type BatchDetail, batchTone } from './batch.ts'
import { BatchActions } from './batch-actions.tsx'
import { FaultTable } from './fault-table.tsx'
import { IntakeSteps } from './intake-steps.tsx'
import { RefusedSheet } from './refused-sheet.tsx'
import { useDatasets } from './use-datasets.ts'

const figures = ['totalRows', 'refusedRows', 'newRows', 'changedRows', 'equalRows'] as const
const stepOf = { checked: 1, refused: 1, loading: 2, loaded: 3, undone: 3 } as const
const renewWhileLoading = 2000

/** One batch: what the check found, the decision about it, and the way back. */
export function BatchPage() {
  const { t } = useTranslation()
  const { batchId = '' } = useParams()
  const datasets = useDatasets()
  const batch = useQuery({
    queryKey: ['intake', 'detail', batchId],
    queryFn: () =>
      answered<BatchDetail>(
        client.GET('/api/v1/intake/batches/{batchId}', { params: { path: { batchId } } }),
      ),
    refetchInterval: (query) => (query.state.data?.state === 'loading' ? renewWhileLoading : false),
  })
  if (batch.isPending) return <Spin className="page-spin" />
  if (batch.isError) {
    return (
      <div className="page">
        <ErrorState error={batch.error} retry={() => void batch.refetch()} />
      </div>
    )
  }
  const { data } = batch
  const dataset = datasets.find(data.dataset)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{data.fileName}</h1>
        <StateTag tone={batchTone[data.state]}>{t(`intake.states.${data.state}`)}</StateTag>
        <span className="note">
          {datasets.nameOf(data.dataset)} · {shanghaiTime(data.uploadedAt)}
        </span>
      </div>
      <IntakeSteps current={stepOf[data.state]} failed={data.state === 'refused'} />
      <div className="tiles">
        {figures.map((key) => (
          <div key={key} className="tile">
            {t(dataset?.countsInvoices ? `intake.invoices.${key}` : `intake.${key}`)}
            <b>{data[key].toLocaleString('en-US')}</b>
          </div>
        ))}
      </div>
      {data.openConflicts > 0 ? (
        <div className="panel attention">
          {t('intake.conflict.ofBatch', { count: data.openConflicts })}{' '}
          <Link to="/invoice-conflicts?state=open">{t('intake.conflict.title')}</Link>
        </div>
      ) : null}
      <BatchActions batch={data} />
      {data.refusedRows > 0 ? <RefusedSheet batchId={data.batchId} count={data.refusedRows} /> : null}
      {data.faults.length > 0 ? (
        <FaultTable faults={data.faults} total={data.refusedRows} {...(dataset ? { dataset } : {})} />
      ) : (
        <div className="panel">{t('intake.faultless')}</div>
      )}
    </div>
  )
}
