import { useMutation } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { ReasonModal } from '../../../kit/index.ts'
import { posted } from './posted.ts'

type Connection = components['schemas']['WatchConnection']

/** Whom on the watch list an enterprise is connected with: asked for one by one, with a reason. */
export function Connections({ creditCode }: { creditCode: string }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const asked = useMutation({
    mutationFn: (reason: string) =>
      posted<readonly Connection[]>(`/api/v1/enterprises/${creditCode}/connections`, { reason }),
  })
  return (
    <section className="panel">
      <h2>{t('libraries.connections')}</h2>
      {asked.data ? (
        <Table<Connection>
          size="small"
          rowKey={(row) => `${row.personKey} ${row.through} ${row.role} ${row.validFrom}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...asked.data]}
          locale={{ emptyText: t('libraries.noConnections') }}
          columns={[
            { title: t('libraries.name'), dataIndex: 'personName' },
            { title: t('libraries.unit'), dataIndex: 'unitName' },
            { title: t('libraries.post'), dataIndex: 'post' },
            {
              title: t('libraries.through'),
              dataIndex: 'through',
              render: (through) => t(`libraries.relations.${through}`),
            },
            {
              title: t('libraries.role'),
              dataIndex: 'role',
              render: (role) => t(`libraries.roles.${role}`),
            },
            { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
            {
              title: t('libraries.validTo'),
              dataIndex: 'validTo',
              render: (day) => day ?? t('libraries.stillValid'),
            },
          ]}
        />
      ) : (
        <>
          <p className="muted">{t('libraries.connectionsHint')}</p>
          <Button onClick={() => setAsking(true)}>{t('libraries.askConnections')}</Button>
        </>
      )}
      {asking && !asked.isSuccess ? (
        <ReasonModal
          title={t('libraries.connections')}
          busy={asked.isPending}
          error={asked.error}
          onCancel={() => setAsking(false)}
          onReason={(reason) => asked.mutate(reason)}
        />
      ) : null}
    </section>
  )
}
