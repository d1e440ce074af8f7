import { useQuery } from '@tanstack/react-query'
import { Button, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { type UnitAlertPageData, UnitAlertTable } from './unit-alert-table.tsx'

const states = ['dispatched', 'explained', 'rectifying', 'rectified', 'closed'] as const

/** The alerts that a unit has to answer. */
export function UnitAlertListPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const state = states.find((one) => one === address.get('state'))
  const cursor = cursors.at(-1)
  const list = useQuery({
    queryKey: ['unit-alerts', 'list', state, cursor],
    queryFn: () =>
      answered<UnitAlertPageData>(
        client.GET('/api/v1/unit-alerts', {
          params: { query: { limit: 50, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } },
        }),
      ),
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('alerts.unitTitle')}</h1>
        <span className="note">{list.data ? t('alerts.unitOpen', { count: list.data.open }) : ''}</span>
        <div className="right">
          <Select
            allowClear
            aria-label={t('alerts.state')}
            placeholder={t('alerts.state')}
            style={{ width: 144 }}
            value={state}
            options={states.map((value) => ({ value, label: t(`alerts.unitStates.${value}`) }))}
            onChange={(value) => {
              setCursors([])
              setAddress(value ? { state: value } : {})
            }}
          />
        </div>
      </div>
      <div className="panel">
        {list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <UnitAlertTable rows={list.data?.items ?? []} loading={list.isPending} />
        )}
        <Space style={{ marginTop: 12 }}>
          <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('kit.list.back')}
          </Button>
          <Button
            disabled={!list.data?.next}
            onClick={() => list.data?.next && setCursors([...cursors, list.data.next])}
          >
            {t('kit.list.more')}
          </Button>
        </Space>
      </div>
    </div>
  )
}
