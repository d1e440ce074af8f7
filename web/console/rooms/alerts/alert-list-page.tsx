import './alert-list.css'
import { PrinterOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  answered,
  ConditionForm,
  client,
  ErrorState,
  ListPager,
  useListAddress,
  useListKeys,
} from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ExportButton } from '../exports/export-button.tsx'
import { AlertFacets } from './alert-facets.tsx'
import { AlertPreview } from './alert-preview.tsx'
import { type AlertPageData, AlertTable } from './alert-table.tsx'
import { AlertTotals } from './alert-totals.tsx'
import { AlertViews } from './alert-views.tsx'
import {
  type AlertCondition,
  alertConditions,
  unseenConditions,
  useAlertConditionFields,
} from './use-alert-condition-fields.ts'
import { useAlertStep } from './use-alert-step.ts'

/**
 * The list of alerts. What it is narrowed by lives in the address: it can be kept, sent and come back to. By key: j and k
 * move, e shows beside the list as a click on the row does, o opens, x marks for dispatch.
 */
export function AlertListPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(alertConditions)
  const [selected, setSelected] = useState<readonly string[]>([])
  const [current, setCurrent] = useState(-1)
  const [previewing, setPreviewing] = useState(false)
  const { conditions, cursor } = address
  const session = useCurrentSession()
  const list = useQuery({
    queryKey: ['alerts', 'list', conditions, cursor],
    queryFn: () =>
      answered<AlertPageData>(
        client.GET('/api/v1/alerts', { params: { query: { ...conditions, cursor, limit: 50 } as never } }),
      ),
  })
  const rows = list.data?.items ?? []
  const toggle = (id: string | undefined) => {
    if (id) setSelected(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id])
  }
  useListKeys({
    length: rows.length,
    current,
    onMove: setCurrent,
    onOpen: (at) => rows[at] && navigate(`/alerts/${rows[at].alertId}`),
    others: { e: () => setPreviewing(!previewing), x: (at) => toggle(rows[at]?.alertId) },
  })
  const total = list.data?.total
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('alerts.title')}</h1>
        <span className="note" aria-live="polite">
          {total ? t(total.capped ? 'kit.list.totalCapped' : 'kit.list.total', { count: total.count }) : ''}
        </span>
        <div className="right no-print">
          <BulkDispatch selected={selected} onDone={() => setSelected([])} />
          {may(session, 'alerts.export') ? (
            <ExportButton path="/api/v1/alerts/export" conditions={conditions} />
          ) : null}
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('kit.list.print')}
          </Button>
          <Button icon={<ReloadOutlined />} onClick={() => void list.refetch()}>
            {t('kit.list.refresh')}
          </Button>
        </div>
      </div>
      <AlertViews conditions={conditions} onChoose={(view) => address.narrow(view)} />
      <ConditionForm fields={useAlertConditionFields()} address={address} />
      <NarrowedBy conditions={conditions} onNarrow={address.narrow} />
      <div className="alert-desk">
        <aside className="panel alert-facets no-print" aria-label={t('alerts.facets')}>
          <AlertFacets
            conditions={conditions}
            onChoose={(facet, value) => address.narrow({ ...conditions, [facet]: value })}
          />
        </aside>
        <div className="panel alert-rows">
          {list.isError ? (
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          ) : (
            <AlertTable
              rows={rows}
              loading={list.isPending}
              current={current}
              onShow={(index) => {
                setCurrent(index)
                setPreviewing(true)
              }}
              selected={selected}
              onSelect={setSelected}
            />
          )}
          <AlertTotals conditions={conditions} />
          <ListPager address={address} next={list.data?.next ?? undefined} />
          <p className="muted no-print">{t('alerts.keys')}</p>
        </div>
      </div>
      {previewing && rows[current] ? (
        <AlertPreview alert={rows[current]} onClose={() => setPreviewing(false)} />
      ) : null}
    </div>
  )
}

/** What a figure narrowed the list by and no field or facet shows: each can be taken back. */
function NarrowedBy(props: {
  conditions: Readonly<Partial<Record<AlertCondition, string>>>
  onNarrow: (conditions: Readonly<Partial<Record<AlertCondition, string>>>) => void
}) {
  const { t } = useTranslation()
  const unseen = unseenConditions.filter((name) => props.conditions[name])
  if (unseen.length === 0) return null
  return (
    <p className="narrowed-by">
      {t('alerts.narrowedBy')}
      {unseen.map((name) => (
        <Tag key={name} closable onClose={() => props.onNarrow({ ...props.conditions, [name]: undefined })}>
          {t(`alerts.conditions.${name}`)} {wordOf(props.conditions[name] ?? '', t)}
        </Tag>
      ))}
    </p>
  )
}

function wordOf(value: string, t: (key: string) => string): string {
  if (value === 'true') return t('alerts.yes')
  return value === 'false' ? t('alerts.no') : value
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
