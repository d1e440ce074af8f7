import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type AlertPageData, AlertTable } from './alert-table.tsx'
import { useAlertStep } from './use-alert-step.ts'

const filters = ['pack', 'level', 'state', 'rule', 'text', 'overdue', 'mine', 'sort'] as const
type Filter = Partial<Record<(typeof filters)[number], string>>

/** The list of alerts. What it is narrowed by lives in the address: it can be kept, sent and come back to. */
export function AlertListPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [selected, setSelected] = useState<readonly string[]>([])
  const filter = Object.fromEntries(
    [...address].filter(([key]) => (filters as readonly string[]).includes(key)),
  ) as Filter
  const cursor = cursors.at(-1)
  const list = useQuery({
    queryKey: ['alerts', 'list', filter, cursor],
    queryFn: () =>
      answered<AlertPageData>(
        client.GET('/api/v1/alerts', { params: { query: { ...filter, cursor, limit: 50 } as never } }),
      ),
  })
  const search = (entry: Filter) => {
    setCursors([])
    setSelected([])
    setAddress(
      Object.fromEntries(Object.entries(entry).filter(([, value]) => value)) as Record<string, string>,
    )
  }
  const total = list.data?.total
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('alerts.title')}</h1>
        <span className="note">
          {total ? t(total.capped ? 'kit.list.totalCapped' : 'kit.list.total', { count: total.count }) : ''}
        </span>
        <div className="right">
          <BulkDispatch selected={selected} onDone={() => setSelected([])} />
          <Button onClick={() => void list.refetch()}>{t('kit.list.refresh')}</Button>
        </div>
      </div>
      <FilterForm key={address.toString()} filter={filter} onSearch={search} />
      <div className="panel">
        {list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <AlertTable
            rows={list.data?.items ?? []}
            loading={list.isPending}
            selected={selected}
            onSelect={setSelected}
          />
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

const choices = {
  pack: ['fiscal', 'invoices'],
  level: ['red', 'yellow', 'blue'],
  state: ['raised', 'held', 'dispatched', 'explained', 'doubtful', 'rectifying', 'rectified', 'closed'],
  sort: ['newest', 'due', 'amount'],
} as const

function FilterForm({ filter, onSearch }: { filter: Filter; onSearch: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const select = (name: keyof typeof choices, labels: string) => (
    <Form.Item name={name} label={t(`alerts.${name}`)}>
      <Select
        allowClear
        style={{ width: 128 }}
        options={choices[name].map((value) => ({ value, label: t(`${labels}.${value}`) }))}
      />
    </Form.Item>
  )
  return (
    <div className="panel no-print">
      <Form<Filter> layout="inline" initialValues={filter} onFinish={onSearch} style={{ rowGap: 12 }}>
        {select('pack', 'alerts.packs')}
        {select('level', 'kit.level')}
        {select('state', 'alerts.states')}
        <Form.Item name="rule" label={t('alerts.rule')}>
          <Input style={{ width: 96 }} maxLength={20} />
        </Form.Item>
        <Form.Item name="text" label={t('alerts.text')}>
          <Input style={{ width: 168 }} maxLength={60} />
        </Form.Item>
        <Form.Item name="mine" label={t('alerts.mine')}>
          <Select allowClear style={{ width: 96 }} options={[{ value: 'true', label: t('alerts.yes') }]} />
        </Form.Item>
        {select('sort', 'alerts.sorts')}
        <Space>
          <Button type="primary" htmlType="submit">
            {t('kit.list.search')}
          </Button>
          <Button onClick={() => onSearch({})}>{t('kit.list.reset')}</Button>
        </Space>
      </Form>
    </div>
  )
}

function BulkDispatch({ selected, onDone }: { selected: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const session = useCurrentSession()
  const step = useAlertStep()
  if (!may(session, 'alerts.dispatch')) return null
  const dispatch = () =>
    step.mutate(
      { path: '/api/v1/alerts/dispatch', body: { alertIds: selected } },
      {
        onSuccess: () => {
          void message.success(t('alerts.dispatched', { count: selected.length }))
          onDone()
        },
      },
    )
  return (
    <Button type="primary" disabled={selected.length === 0} loading={step.isPending} onClick={dispatch}>
      {t('alerts.steps.dispatch')}
      {selected.length > 0 ? ` (${selected.length})` : ''}
    </Button>
  )
}
