import './boards.css'
import { FundProjectionScreenOutlined, PrinterOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState } from '../../../kit/index.ts'
import { useCurrentSession } from '../../session-context.ts'
import { BarPanel } from './bar-panel.tsx'
import { periodBefore } from './board-period.ts'
import { paperInk } from './chart-option.ts'
import { ChartPanel } from './chart-panel.tsx'
import { DivisionTiles } from './division-tiles.tsx'
import { HeadlineTiles } from './headline-tiles.tsx'
import { PeriodChoice } from './period-choice.tsx'
import { PrecisionPanel } from './precision-panel.tsx'
import { provincePath } from './province-tiles.ts'
import { TrendPanel } from './trend-panel.tsx'
import { useBoard } from './use-board.ts'
import { today, useBoardAddress } from './use-board-address.ts'
import { useFigureNames } from './use-figure-names.ts'
import { usePlaceName } from './use-place-name.ts'

export function FiscalBoardPage() {
  return <BoardPage pack="fiscal" />
}

export function InvoiceBoardPage() {
  return <BoardPage pack="invoices" />
}

/** The board of a pack: every figure of it leads to the alerts that it counts. */
function BoardPage({ pack }: { pack: 'fiscal' | 'invoices' }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const address = useBoardAddress()
  const { period, kind, under } = address
  const { board, earlier, ageing, precision, within } = useBoard({ pack, address })
  const names = useFigureNames(board.data, ageing.data)
  const levelColours = useMemo(
    () => names.levels.map(({ figure }) => paperInk[figure.key as 'red']),
    [names.levels],
  )
  const before = periodBefore(kind, period)
  const when = t('boards.when', { ...period })
  const own = useCurrentSession().user?.scope ?? provincePath
  const root = under ?? own
  const place = usePlaceName(root)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t(`boards.title.${pack}`)}</h1>
        <span className="note">
          {place ? `${place} · ` : ''}
          {t('boards.compared', { from: before.from, to: before.to })}
        </span>
        <div className="right no-print">
          <Link to={`/wall?pack=${pack}`} target="_blank">
            <Button icon={<FundProjectionScreenOutlined />} tabIndex={-1}>
              {t('boards.wall')}
            </Button>
          </Link>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('kit.list.print')}
          </Button>
          <Button
            icon={<ReloadOutlined />}
            onClick={() => void queries.invalidateQueries({ queryKey: ['alerts'] })}
          >
            {t('kit.list.refresh')}
          </Button>
        </div>
      </div>
      <PeriodChoice address={address} />
      {board.isError ? <ErrorState error={board.error} retry={() => void board.refetch()} /> : null}
      <HeadlineTiles now={board.data?.headline} before={earlier.data?.headline} />
      <div className="board-grid">
        <div className="wide">
          <TrendPanel
            title={t(`boards.trend.${address.basis}`)}
            when={when}
            asked={board}
            figures={board.data?.trend ?? []}
            period={period}
          />
        </div>
        <div className="board-column">
          <ChartPanel
            title={t('boards.byDivision')}
            when={when}
            asked={board}
            figures={names.divisions}
            height={280}
            head={
              under && under !== own ? (
                <Link to={address.changed({ under: undefined })}>{t('boards.back')}</Link>
              ) : null
            }
          >
            <DivisionTiles
              root={root}
              figures={board.data?.divisions ?? []}
              within={within}
              drill={(path) => address.changed({ under: path })}
            />
          </ChartPanel>
          <BarPanel
            title={t('boards.byLevel')}
            when={when}
            asked={board}
            figures={names.levels}
            colours={levelColours}
          />
          <BarPanel
            title={t('boards.ageing')}
            when={t('boards.asOf', { day: today() })}
            asked={ageing}
            figures={names.ageing}
          />
        </div>
        <div className="board-column">
          <BarPanel title={t('boards.byRule')} when={when} asked={board} figures={names.rules} />
        </div>
        <BarPanel title={t('boards.byUnit')} when={when} asked={board} figures={names.units} />
        <BarPanel
          title={t(`boards.byCategory.${pack}`)}
          when={when}
          asked={board}
          figures={names.categories}
        />
        <div className="wide">
          <PrecisionPanel
            when={when}
            asked={precision}
            lines={precision.data ?? []}
            within={within}
            ruleName={names.ruleName}
          />
        </div>
      </div>
    </div>
  )
}
