import { UploadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { batchTone } from './batch.ts'
import { useDatasets } from './use-datasets.ts'

type Batch = components['schemas']['IntakeBatch']

const names = ['dataset'] as const

/** Batches of data that were uploaded, what became of them, and the way to a new one. */
export function BatchesPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const datasets = useDatasets()
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['intake', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<Batch>>(
        client.GET('/api/v1/intake/batches', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  return (
    <ListPage<Batch, (typeof names)[number]>
      name="intake"
      title={t('intake.title')}
      address={address}
      fields={[{ name: 'dataset', label: t('intake.dataset'), kind: 'choice', options: datasets.options }]}
      columns={useColumns(datasets.nameOf)}
      rowKey="batchId"
      query={list}
      emptyText={t('intake.empty')}
      onOpen={(batch) => navigate(`/intake/${batch.batchId}`)}
      actions={
        <>
          <Button onClick={() => navigate('/intake-drop')}>{t('intake.drop.title')}</Button>
          <Button onClick={() => navigate('/invoice-conflicts?state=open')}>
            {t('intake.conflict.title')}
          </Button>
          {may(session, 'intake.upload') ? (
            <Button type="primary" icon={<UploadOutlined />} onClick={() => navigate('/intake/new')}>
              {t('intake.upload')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}

function useColumns(nameOf: (dataset: string) => string): ListColumn<Batch>[] {
  const { t } = useTranslation()
  const count = (key: 'totalRows' | 'refusedRows' | 'newRows' | 'changedRows'): ListColumn<Batch> => ({
    key,
    title: t(`intake.${key}`),
    width: 96,
    align: 'right',
    render: (_value, batch) => <span className="numeric">{batch[key].toLocaleString('en-US')}</span>,
  })
  return [
    {
      key: 'fileName',
      title: t('intake.fileName'),
      width: 240,
      ellipsis: true,
      render: (_value, { batchId, fileName }) => <Link to={`/intake/${batchId}`}>{fileName}</Link>,
    },
    {
      key: 'dataset',
      title: t('intake.dataset'),
      width: 180,
      render: (_value, { dataset }) => nameOf(dataset),
    },
    {
      key: 'state',
      title: t('intake.state'),
      width: 104,
      render: (_value, { state }) => (
        <StateTag tone={batchTone[state]}>{t(`intake.states.${state}`)}</StateTag>
      ),
    },
    count('totalRows'),
    count('refusedRows'),
    count('newRows'),
    count('changedRows'),
    {
      key: 'uploadedAt',
      title: t('intake.uploadedAt'),
      width: 150,
      render: (_value, { uploadedAt }) => shanghaiTime(uploadedAt),
    },
  ]
}
