import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Space, Spin, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, ReasonModal, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { conflictTone } from './batch.ts'

type Conflict = components['schemas']['InvoiceConflictDetail']
type Version = Conflict['arriving']
type Field = Conflict['lineFields'][number]
type Keep = 'standing' | 'arriving'

/** Both versions of an invoice side by side, what differs marked, and the decision between them. */
export function ConflictPage() {
  const { t } = useTranslation()
  const { conflictId = '' } = useParams()
  const conflict = useQuery({
    queryKey: ['intake', 'conflict', conflictId],
    queryFn: () =>
      answered<Conflict>(
        client.GET('/api/v1/intake/conflicts/{conflictId}', { params: { path: { conflictId } } }),
      ),
  })
  if (conflict.isPending) return <Spin className="page-spin" />
  if (conflict.isError) {
    return (
      <div className="page">
        <ErrorState error={conflict.error} retry={() => void conflict.refetch()} />
      </div>
    )
  }
  const { data } = conflict
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('intake.conflict.heading', { number: data.invoiceNo })}</h1>
        <StateTag tone={conflictTone[data.state]}>{t(`intake.conflict.states.${data.state}`)}</StateTag>
        <span className="note">
          {data.invoiceCode ? `${t('intake.conflict.code')} ${data.invoiceCode} · ` : ''}
          {shanghaiTime(data.foundAt)} · <Link to={`/intake/${data.batchId}`}>{data.fileName}</Link>
        </span>
      </div>
      <p className="muted">{t('intake.conflict.about')}</p>
      {data.reason ? (
        <div className="panel">
          {shanghaiTime(data.decidedAt ?? data.foundAt)} · {t('intake.conflict.reason')}: {data.reason}
        </div>
      ) : null}
      {data.state === 'open' ? <Decision conflict={data} /> : null}
      <Heads conflict={data} />
      <Lines conflict={data} />
    </div>
  )
}

function Decision({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const queries = useQueryClient()
  const [keep, setKeep] = useState<Keep>()
  const decide = useMutation({
    mutationFn: (body: { keep: Keep; reason: string }) =>
      answered(
        client.POST('/api/v1/intake/conflicts/{conflictId}/decide', {
          params: { path: { conflictId: conflict.conflictId } },
          body,
        }),
      ),
    onSuccess: () => {
      setKeep(undefined)
      return queries.invalidateQueries({ queryKey: ['intake'] })
    },
  })
  if (!may(session, 'intake.decide')) return null
  return (
    <div className="panel no-print">
      <Space wrap>
        <Button disabled={!conflict.standing} onClick={() => setKeep('standing')}>
          {t('intake.conflict.keepStanding')}
        </Button>
        <Button type="primary" onClick={() => setKeep('arriving')}>
          {t('intake.conflict.takeArriving')}
        </Button>
        <span className="muted">{t('intake.conflict.decideNote')}</span>
      </Space>
      {keep ? (
        <ReasonModal
          title={t(keep === 'standing' ? 'intake.conflict.keepStanding' : 'intake.conflict.takeArriving')}
          busy={decide.isPending}
          error={decide.error}
          onCancel={() => setKeep(undefined)}
          onReason={(reason) => decide.mutate({ keep, reason })}
        />
      ) : null}
    </div>
  )
}

function shownValue(field: Field, version: Version | null, value: string | null | undefined): string {
  if (!version) return ''
  const word = value ? field.choices[value] : undefined
  return word ? inLanguage(word) : (value ?? '—')
}

/** Where a version comes from first, then what differs, then the rest as it stands on an invoice. */
function rank({ name, differs }: Conflict['fields'][number]): number {
  if (name === 'feed') return 0
  return differs ? 1 : 2
}

function Heads({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation()
  const { standing, arriving, fields } = conflict
  const version = (title: string, of: Version | null) => ({
    key: title,
    title: t(`intake.conflict.${title}`),
    onCell: (field: Conflict['fields'][number]) => (field.differs ? { className: 'differs' } : {}),
    render: (_value: unknown, field: Conflict['fields'][number]) =>
      shownValue(field, of, of?.head[field.name]),
  })
  return (
    <div className="panel">
      <h2>{t('intake.conflict.head')}</h2>
      {standing ? null : <p className="muted">{t('intake.conflict.gone')}</p>}
      <Table
        size="small"
        bordered
        rowKey="name"
        pagination={false}
        tableLayout="fixed"
        scroll={{ x: 640 }}
        dataSource={[...fields].sort((left, right) => rank(left) - rank(right))}
        columns={[
          {
            key: 'title',
            title: t('intake.column'),
            width: 220,
            render: (_value, field) => (
              <>
                {inLanguage(field.title)}
                {field.differs ? <b> ≠ {t('intake.conflict.differs')}</b> : null}
              </>
            ),
          },
          version('standing', standing),
          version('arriving', arriving),
        ]}
      />
    </div>
  )
}

const shownOfLine = ['line_no', 'item_name', 'amount', 'tax_rate', 'tax']

function Lines({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation()
  const fields = conflict.lineFields.filter(({ name }) => shownOfLine.includes(name))
  const versions = [
    ['standing', conflict.standing],
    ['arriving', conflict.arriving],
  ] as const
  return (
    <div className="panel">
      <h2>
        {t('intake.conflict.lines')}
        {conflict.linesDiffer ? ` ≠ ${t('intake.conflict.differs')}` : ''}
      </h2>
      <div className="side-by-side">
        {versions.map(([name, version]) => (
          <Table
            key={name}
            size="small"
            bordered
            title={() => t(`intake.conflict.${name}`)}
            rowKey="line_no"
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: t('intake.conflict.noLines') }}
            dataSource={version?.lines ?? []}
            columns={fields.map((field) => ({
              key: field.name,
              title: inLanguage(field.title),
              align: field.name === 'item_name' ? ('left' as const) : ('right' as const),
              render: (_value: unknown, line: Record<string, string | null>) =>
                shownValue(field, version, line[field.name]),
            }))}
          />
        ))}
      </div>
    </div>
  )
}
