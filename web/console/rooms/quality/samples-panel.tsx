import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal, Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import {
  itemsAddress,
  type MonthRate,
  type PackMissRate,
  type SampleDraw,
  useDraws,
  useSampleRates,
} from './quality.ts'
import { RateBar } from './rate-bar.tsx'

type Repeated = components['schemas']['RepeatedSampleDraw']

/** The samples of a pack, month by month: how many were drawn and judged, and the share that the rules missed. */
export function SamplesPanel({ pack, month }: { pack: string; month: string | undefined }) {
  const { t } = useTranslation()
  const rates = useSampleRates()
  const draws = useDraws(false)
  const repeat = useMutation({
    mutationFn: (drawId: string) =>
      answered<Repeated>(
        client.POST('/api/v1/sample-draws/{drawId}/repeat', { params: { path: { drawId } } }),
      ),
  })
  const rows = (rates.data?.months ?? []).filter(
    (rate) => rate.pack === pack && (!month || rate.month === month),
  )
  const most = Math.max(0.05, ...rows.map(({ high }) => Number(high ?? 0)))
  const total = rates.data?.packs.find((one) => one.pack === pack)
  const drawOf = (rate: MonthRate) =>
    draws.data?.find((draw) => draw.pack === rate.pack && draw.month === rate.month)
  const columns: ColumnsType<MonthRate> = [
    { title: t('quality.month'), dataIndex: 'month', width: 100 },
    {
      title: t('quality.drawn'),
      width: 100,
      align: 'right',
      render: (_value, rate) => <Count rate={rate} count={rate.drawn} />,
    },
    {
      title: t('quality.judged'),
      width: 110,
      align: 'right',
      render: (_value, rate) => <Count rate={rate} count={rate.judged} outcome="judged" />,
    },
    {
      title: t('quality.open'),
      width: 100,
      align: 'right',
      render: (_value, rate) => <Count rate={rate} count={rate.drawn - rate.judged} outcome="open" />,
    },
    {
      title: t('quality.missed'),
      width: 100,
      align: 'right',
      render: (_value, rate) => <Count rate={rate} count={rate.missed} outcome="missed" />,
    },
    {
      title: t('quality.missRate'),
      width: 330,
      render: (_value, rate) => <RateBar {...rate} most={most} />,
    },
    {
      title: t('quality.draw'),
      render: (_value, rate) => (
        <DrawNote draw={drawOf(rate)} busy={repeat.isPending} onRepeat={(drawId) => repeat.mutate(drawId)} />
      ),
    },
  ]
  return (
    <section className="panel" aria-label={t('quality.samples')}>
      <h2>{t('quality.samples')}</h2>
      <p className="muted">{t('quality.samplesNote')}</p>
      {rates.isError ? (
        <ErrorState error={rates.error} retry={() => void rates.refetch()} />
      ) : (
        <Table<MonthRate>
          size="small"
          rowKey={({ month: of }) => of}
          columns={columns}
          dataSource={rows}
          loading={rates.isPending}
          pagination={false}
          scroll={{ x: 'max-content', y: 320 }}
          locale={{ emptyText: t('quality.noSamples') }}
          {...(total && !month ? { summary: () => totalRow(total, most, t('quality.allTogether')) } : {})}
        />
      )}
      <Modal
        open={repeat.isSuccess || repeat.isError}
        title={t('quality.repeated')}
        footer={null}
        onCancel={() => repeat.reset()}
      >
        {repeat.isError ? <ErrorState error={repeat.error} /> : null}
        {repeat.data ? <RepeatedSays said={repeat.data} /> : null}
      </Modal>
    </section>
  )
}

/** All months together. No component: the table keeps only a summary of its own in sight below what scrolls. */
function totalRow(total: PackMissRate, most: number, name: string) {
  const { pack, drawn, judged, missed } = total
  return (
    <Table.Summary fixed>
      <Table.Summary.Row>
        <Table.Summary.Cell index={0}>{name}</Table.Summary.Cell>
        {[
          { count: drawn },
          { count: judged, outcome: 'judged' },
          { count: drawn - judged, outcome: 'open' },
          { count: missed, outcome: 'missed' },
        ].map(({ count, outcome }, at) => (
          <Table.Summary.Cell key={outcome ?? 'drawn'} index={at + 1} align="right">
            <Count rate={{ pack }} count={count} {...(outcome ? { outcome } : {})} />
          </Table.Summary.Cell>
        ))}
        <Table.Summary.Cell index={5}>
          <RateBar {...total} most={most} />
        </Table.Summary.Cell>
        <Table.Summary.Cell index={6} />
      </Table.Summary.Row>
    </Table.Summary>
  )
}

function Count(props: {
  rate: { readonly pack: string; readonly month?: string }
  count: number
  outcome?: string
}) {
  const { rate, count, outcome } = props
  if (count === 0) return <span className="muted">0</span>
  const { pack, month } = rate
  return (
    <Link to={itemsAddress({ pack, month, outcome })} data-count={count} className="numeric">
      {count}
    </Link>
  )
}

/** How it was drawn; only those who see the whole have this. */
function DrawNote(props: {
  draw: SampleDraw | undefined
  busy: boolean
  onRepeat: (drawId: string) => void
}) {
  const { t } = useTranslation()
  const { draw } = props
  if (!draw) return <span className="muted">—</span>
  return (
    <span title={t('quality.seed', { seed: draw.seed })}>
      {t('quality.drawnFrom', { records: draw.records, at: shanghaiTime(draw.drawnAt).slice(0, 10) })}{' '}
      <Button type="link" size="small" disabled={props.busy} onClick={() => props.onRepeat(draw.drawId)}>
        {t('quality.repeat')}
      </Button>
    </span>
  )
}

function RepeatedSays({ said }: { said: Repeated }) {
  const { t } = useTranslation()
  if (said.agrees) return <Alert type="success" showIcon title={t('quality.agrees')} />
  const names = (keys: Repeated['absent']) =>
    keys.map((key) => Object.values(key).filter(Boolean).join(' ')).join('，')
  return (
    <>
      <Alert type="warning" showIcon title={t('quality.differs')} />
      <dl className="facts">
        <dt>{t('quality.additional')}</dt>
        <dd>{names(said.additional) || '—'}</dd>
        <dt>{t('quality.absent')}</dt>
        <dd>{names(said.absent) || '—'}</dd>
      </dl>
    </>
  )
}
