import { useQuery } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { HandoverDrawer } from './handover-drawer.tsx'
import { type Handover, HandoverState } from './handover-state.tsx'

/** Work that is handed over: lists that one gives, takes, or signs in somebody's stead. */
export function HandoversPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const [opened, setOpened] = useState<string | undefined>(params.get('opened') ?? undefined)
  const list = useQuery({
    queryKey: ['handovers'],
    queryFn: () => answered<{ items: Handover[] }>(client.GET('/api/v1/handovers')),
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('handovers.title')}</h1>
      </div>
      <div className="panel">
        <p className="muted">{t('handovers.intro')}</p>
        {list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <Table<Handover>
            size="small"
            rowKey="handoverId"
            pagination={false}
            loading={list.isPending}
            scroll={{ x: 'max-content' }}
            dataSource={list.data?.items ?? []}
            locale={{ emptyText: t('handovers.empty') }}
            onRow={({ handoverId }) => ({
              onClick: () => setOpened(handoverId),
              style: { cursor: 'pointer' },
            })}
            columns={[
              {
                title: t('handovers.from'),
                width: 140,
                render: (_value, { handoverId, fromName }) => (
                  <Button type="link" size="small" onClick={() => setOpened(handoverId)}>
                    {fromName}
                  </Button>
                ),
              },
              { title: t('handovers.to'), dataIndex: 'toName', width: 140 },
              { title: t('handovers.items'), dataIndex: 'itemCount', width: 100, align: 'right' },
              { title: t('handovers.reason'), dataIndex: 'reason', width: 260 },
              {
                title: t('handovers.createdAt'),
                width: 160,
                render: (_value, { createdAt }) => shanghaiTime(createdAt),
              },
              {
                title: t('handovers.state'),
                width: 200,
                render: (_value, handover) => <HandoverState handover={handover} />,
              },
            ]}
          />
        )}
      </div>
      {opened ? <HandoverDrawer handoverId={opened} onClose={() => setOpened(undefined)} /> : null}
    </div>
  )
}
