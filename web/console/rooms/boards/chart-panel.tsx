import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button, Empty, Skeleton, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount, ErrorState } from '../../../kit/index.ts'
import type { NamedFigure } from './figure.ts'
import { FigureLink } from './figure-link.tsx'

interface Asked {
  readonly isPending: boolean
  readonly isError: boolean
  readonly error: unknown
  refetch(): unknown
}

/** A chart with its period in the title and the table behind it. */
export function ChartPanel(props: {
  title: string
  /** The period or the day that the figures are of. */
  when: string
  asked: Asked
  figures: readonly NamedFigure[]
  height: number
  children: ReactNode
  /** Stands in the head, e.g. the way back from a division. */
  head?: ReactNode
}) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="panel board-panel" aria-label={props.title}>
      <h2>
        <span>
          {props.title} <small>{props.when}</small>
        </span>
        {props.head}
        <Button
          size="small"
          type="text"
          className="no-print"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'boards.asChart' : 'boards.asTable')}
        </Button>
      </h2>
      <Content {...props} asTable={asTable} />
    </section>
  )
}

function Content(
  props: Readonly<{
    asked: Asked
    figures: readonly NamedFigure[]
    height: number
    children: ReactNode
    asTable: boolean
  }>,
) {
  const { t } = useTranslation()
  const { asked, figures, height } = props
  if (asked.isError) return <ErrorState error={asked.error} retry={() => void asked.refetch()} />
  if (asked.isPending) return <Skeleton active style={{ minHeight: height }} />
  if (figures.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('boards.empty')} style={{ height }} />
  }
  return props.asTable ? <FigureTable figures={figures} /> : props.children
}

function FigureTable({ figures }: { figures: readonly NamedFigure[] }) {
  const { t } = useTranslation()
  return (
    <Table<NamedFigure>
      size="small"
      pagination={false}
      scroll={{ x: 'max-content', y: 320 }}
      rowKey={({ figure }) => figure.key}
      dataSource={[...figures]}
      columns={[
        { title: t('boards.item'), dataIndex: 'name' },
        {
          title: t('boards.count'),
          align: 'right',
          render: (_value, { figure }) => <FigureLink figure={figure}>{figure.count}</FigureLink>,
        },
        {
          title: t('boards.amount'),
          align: 'right',
          render: (_value, { figure }) => <Amount yuan={figure.amount} />,
        },
        {
          title: t('boards.recoveredAmount'),
          align: 'right',
          render: (_value, { figure }) => <Amount yuan={figure.recovered} />,
        },
      ]}
    />
  )
}
