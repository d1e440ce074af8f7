import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  ErrorState,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { dropTone } from './batch.ts'
import { useDatasets } from './use-datasets.ts'

type Dropped = components['schemas']['DroppedFile']
type Folder = components['schemas']['DropFolder']

const names = ['state'] as const
const states = ['taken', 'loaded', 'refused'] as const

/** What other systems laid into the drop folder, what became of it, and what lies there. */
export function DropPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const datasets = useDatasets()
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['intake', 'dropped', conditions, cursor],
    queryFn: () =>
      answered<ListData<Dropped>>(
        client.GET('/api/v1/intake/drop/files', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  const options = states.map((state) => ({ value: state, label: t(`intake.drop.states.${state}`) }))
  return (
    <ListPage<Dropped, (typeof names)[number]>
      name="intake-drop"
      title={t('intake.drop.title')}
      above={<FolderPanel />}
      address={address}
      fields={[{ name: 'state', label: t('intake.state'), kind: 'choice', options }]}
      columns={useColumns(datasets.nameOf)}
      rowKey="droppedId"
      query={list}
      emptyText={t('intake.drop.empty')}
      onOpen={({ batchId }) => batchId && navigate(`/intake/${batchId}`)}
    />
  )
}

function FolderPanel() {
  const { t } = useTranslation()
  const folder = useQuery({
    queryKey: ['intake', 'drop-folder'],
    queryFn: () => answered<Folder>(client.GET('/api/v1/intake/drop')),
  })
  if (folder.isError) return <ErrorState error={folder.error} retry={() => void folder.refetch()} />
  if (folder.isPending) return <Spin className="page-spin" />
  const { data } = folder
  return (
    <div className="panel">
      <dl className="facts">
        <dt>{t('intake.drop.folder')}</dt>
        <dd>{data.folder}</dd>
        <dt>{t('intake.drop.mode')}</dt>
        <dd>{t(`intake.drop.modes.${data.mode}`)}</dd>
        <dt>{t('intake.drop.naming')}</dt>
        <dd>
          {t('intake.drop.rule', {
            count: data.settleSeconds,
            example: 'payment-20261124.csv',
            marker: 'payment-20261124.csv.done',
          })}
        </dd>
        <dt>{t('intake.drop.waiting')}</dt>
        <dd>
          {data.waiting.length > 0
            ? data.waiting.map(({ fileName }) => fileName).join(' · ')
            : t('intake.drop.nothing')}
        </dd>
      </dl>
    </div>
  )
}

function useColumns(nameOf: (dataset: string) => string): ListColumn<Dropped>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'fileName',
      title: t('intake.fileName'),
      width: 260,
      ellipsis: true,
      render: (_value, { batchId, fileName }) =>
        batchId ? <Link to={`/intake/${batchId}`}>{fileName}</Link> : fileName,
    },
    {
      key: 'target',
      title: t('intake.dataset'),
      width: 180,
      render: (_value, { target }) => (target ? nameOf(target) : '—'),
    },
    {
      key: 'state',
      title: t('intake.state'),
      width: 120,
      render: (_value, { state }) => (
        <StateTag tone={dropTone[state]}>{t(`intake.drop.states.${state}`)}</StateTag>
      ),
    },
    {
      key: 'byteCount',
      title: t('intake.drop.size'),
      width: 120,
      align: 'right',
      render: (_value, { byteCount }) => <span className="numeric">{byteCount.toLocaleString('en-US')}</span>,
    },
    {
      key: 'takenAt',
      title: t('intake.drop.takenAt'),
      width: 150,
      render: (_value, { takenAt }) => shanghaiTime(takenAt),
    },
    {
      key: 'note',
      title: t('intake.drop.note'),
      width: 360,
      render: (_value, { note }) => (note ? inLanguage(note) : ''),
    },
  ]
}
