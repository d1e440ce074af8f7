import { useQuery } from '@tanstack/react-query'
import { Drawer, Skeleton, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { posted } from './posted.ts'
import { UnmaskButton, useUnmasked } from './unmask.tsx'

type Detail = components['schemas']['WatchDetail']

/** One person of the watch list: posts, relatives and the enterprises of either, masked until unmasked with a reason. */
export function WatchPersonDrawer(props: { personKey: string; reason: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { personKey, reason } = props
  const detail = useQuery({
    queryKey: ['watch-list', 'one', personKey, reason],
    queryFn: () => posted<Detail>(`/api/v1/watch-list/${personKey}/look`, { reason }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  return (
    <Drawer open size={720} title={t('libraries.watchList.person')} onClose={props.onClose}>
      {detail.isError ? (
        <ErrorState error={detail.error} />
      ) : detail.data ? (
        <Content detail={detail.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  )
}

function Content({ detail }: { detail: Detail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const unmask = useUnmasked(`/api/v1/watch-list/${detail.personKey}/unmask`)
  const shown = (key: string, masked: { name: string; number: string }) => unmask.person(key) ?? masked
  const self = shown(detail.personKey, detail)
  const stillValid = (day: string | null) => day ?? t('libraries.stillValid')
  return (
    <>
      <p className="sentence">
        {self.name} <span className="muted">{self.number}</span>{' '}
        {may(session, 'subjects.unmask') ? <UnmaskButton unmask={unmask} /> : null}
      </p>
      <h3>{t('libraries.watchList.posts')}</h3>
      <Table
        size="small"
        rowKey={(row) => `${row.unitCode} ${row.validFrom}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={detail.posts}
        columns={[
          { title: t('libraries.unit'), render: (_value, row) => row.unitName ?? row.unitCode },
          { title: t('libraries.post'), dataIndex: 'post' },
          { title: t('libraries.rank'), dataIndex: 'rank' },
          { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
          { title: t('libraries.validTo'), dataIndex: 'validTo', render: stillValid },
        ]}
      />
      <h3>{t('libraries.relatives')}</h3>
      <Table
        size="small"
        rowKey={(row) => `${row.relativeKey} ${row.validFrom}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={detail.relatives}
        locale={{ emptyText: t('libraries.watchList.noRelatives') }}
        columns={[
          {
            title: t('libraries.through'),
            dataIndex: 'relation',
            render: (relation) => t(`libraries.relations.${relation}`),
          },
          { title: t('libraries.name'), render: (_value, row) => shown(row.relativeKey, row).name },
          { title: t('libraries.number'), render: (_value, row) => shown(row.relativeKey, row).number },
          { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
          { title: t('libraries.validTo'), dataIndex: 'validTo', render: stillValid },
        ]}
      />
      <h3>{t('libraries.watchList.enterprises')}</h3>
      <Table
        size="small"
        rowKey={(row) => `${row.creditCode} ${row.role} ${row.through} ${row.validFrom}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={detail.enterprises}
        locale={{ emptyText: t('libraries.watchList.noEnterprises') }}
        columns={[
          {
            title: t('libraries.enterpriseName'),
            dataIndex: 'enterpriseName',
            render: (name, row) => <Link to={`/libraries/enterprises/${row.creditCode}`}>{name}</Link>,
          },
          {
            title: t('libraries.role'),
            dataIndex: 'role',
            render: (role) => t(`libraries.roles.${role}`),
          },
          {
            title: t('libraries.through'),
            dataIndex: 'through',
            render: (through) => t(`libraries.relations.${through}`),
          },
          { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
          { title: t('libraries.validTo'), dataIndex: 'validTo', render: stillValid },
        ]}
      />
    </>
  )
}
