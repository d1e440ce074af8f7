import { Button, Table } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { FigureLink } from '../boards/figure-link.tsx'
import { usePacks } from '../boards/use-board.ts'
import { itemsAddress, lastDay, percent, usePackPrecision, useRecall, useSampleRates } from './quality.ts'
import { type QualityLine, qualityLines } from './quality-lines.ts'
import { RecallDrawer } from './recall-drawer.tsx'

/** By rule, and below each by month: verdicts and precision, recall of what is known, and what the samples missed. */
export function RulesPanel({ pack, month }: { pack: string; month: string | undefined }) {
  const { t } = useTranslation()
  const precision = usePackPrecision(pack)
  const recall = useRecall()
  const rates = useSampleRates()
  const rules = usePacks().find((one) => one.pack === pack)?.rules ?? []
  const [opened, setOpened] = useState<string>()
  const lines = qualityLines({
    rules: rules.map(({ code }) => code),
    pack,
    month,
    precision: precision.data ?? [],
    recall: recall.data?.rules ?? [],
    misses: rates.data?.rules ?? [],
    samples: rates.data?.months ?? [],
  })
  const title = (code: string) => {
    if (code === 'none') return t('quality.noRule')
    const rule = rules.find((known) => known.code === code)
    return rule ? `${code} ${inLanguage(rule.title)}` : code
  }
  const planted = recall.data?.source !== 'examples'
  const columns: ColumnsType<QualityLine> = [
    {
      title: t('quality.rule'),
      key: 'rule',
      width: 300,
      render: (_value, line) =>
        line.month && line.parent ? (
          line.month
        ) : line.rule === 'none' ? (
          <span className="muted">{title(line.rule)}</span>
        ) : (
          <Link to={`/rules/${line.rule}`}>{title(line.rule)}</Link>
        ),
    },
    {
      title: t('quality.raised'),
      key: 'raised',
      width: 90,
      align: 'right',
      render: (_value, line) => <Alerts pack={pack} line={line} count={line.raised} />,
    },
    {
      title: t('quality.verdicts'),
      key: 'judged',
      width: 90,
      align: 'right',
      render: (_value, line) => (
        <Alerts
          pack={pack}
          line={line}
          count={line.confirmed + line.normal}
          verdict="violation,irregular,normal"
        />
      ),
    },
    {
      title: t('quality.precision'),
      key: 'precision',
      width: 150,
      align: 'right',
      render: (_value, line) =>
        line.confirmed + line.normal === 0 ? (
          <span className="muted">—</span>
        ) : (
          <Alerts pack={pack} line={line} count={line.confirmed} verdict="violation,irregular">
            {t('quality.shareOf', {
              share: percent(line.confirmed / (line.confirmed + line.normal)),
              part: line.confirmed,
            })}
          </Alerts>
        ),
    },
    {
      title: t(planted ? 'quality.recallPlanted' : 'quality.recallExamples'),
      key: 'recall',
      width: 170,
      align: 'right',
      render: (_value, line) =>
        line.expected === 0 ? (
          <span className="muted">—</span>
        ) : (
          <Button type="link" size="small" onClick={() => setOpened(line.rule)} data-count={line.expected}>
            {t('quality.foundOf', {
              share: percent(line.found / line.expected),
              found: line.found,
              expected: line.expected,
            })}
          </Button>
        ),
    },
    {
      title: t('quality.sampleMissed'),
      key: 'missed',
      width: 260,
      align: 'right',
      render: (_value, line) => <Missed pack={pack} line={line} />,
    },
  ]
  return (
    <section className="panel" aria-label={t('quality.byRule')}>
      <h2>{t('quality.byRule')}</h2>
      <p className="muted">{t('quality.byRuleNote')}</p>
      {precision.isError ? (
        <ErrorState error={precision.error} retry={() => void precision.refetch()} />
      ) : (
        <Table<QualityLine>
          size="small"
          rowKey="key"
          columns={columns}
          dataSource={[...lines]}
          loading={precision.isPending}
          pagination={false}
          sticky
          scroll={{ x: 'max-content' }}
          expandable={{ indentSize: 24 }}
          locale={{ emptyText: t('quality.noVerdicts') }}
        />
      )}
      {opened ? (
        <RecallDrawer rule={opened} title={title(opened)} onClose={() => setOpened(undefined)} />
      ) : null}
    </section>
  )
}

/** A count of alerts of a rule, leading to them. */
function Alerts(props: {
  pack: string
  line: QualityLine
  count: number
  verdict?: string
  children?: React.ReactNode
}) {
  const { pack, line, count, verdict } = props
  if (count === 0 && !props.children) return <span className="muted">0</span>
  const within = line.month ? { raisedFrom: `${line.month}-01`, raisedTo: lastDay(line.month) } : {}
  const filter = { pack, rule: line.rule, ...within, ...(verdict ? { verdict } : {}) }
  return <FigureLink figure={{ count, filter }}>{props.children ?? count}</FigureLink>
}

/** What the samples found that this rule should have; with the share of all judged records, and its interval. */
function Missed({ pack, line }: { pack: string; line: QualityLine }) {
  const { t } = useTranslation()
  const { rule, month, missed, judgedInSample, estimate } = line
  if (judgedInSample === 0) return <span className="muted">—</span>
  const interval = estimate ? (
    <small className="muted numeric"> {`${percent(estimate.low)} – ${percent(estimate.high)}`}</small>
  ) : null
  if (missed === 0) {
    return <span className="muted">{t('quality.missedOf', { missed, judged: judgedInSample })}</span>
  }
  return (
    <>
      <Link
        to={itemsAddress({ pack, month: month ?? undefined, rule, outcome: 'missed' })}
        data-count={missed}
      >
        {t('quality.missedOf', { missed, judged: judgedInSample })}
      </Link>
      {interval}
    </>
  )
}
