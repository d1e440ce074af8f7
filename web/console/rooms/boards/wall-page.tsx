import './wall.css'
import { ConfigProvider, Result, theme as themes } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { shanghaiTime, theme, useWatermark } from '../../../kit/index.ts'
import { may, type Session, type SignedInUser } from '../../session.ts'
import { useMark } from '../../use-mark.ts'
import { Bars } from './bar-panel.tsx'
import { currentPeriod } from './board-period.ts'
import { wallInk } from './chart-option.ts'
import { DivisionTiles } from './division-tiles.tsx'
import type { NamedFigure } from './figure.ts'
import { HeadlineTiles } from './headline-tiles.tsx'
import { provincePath } from './province-tiles.ts'
import { Trend } from './trend-panel.tsx'
import { useBoard } from './use-board.ts'
import { today } from './use-board-address.ts'
import { useFigureNames } from './use-figure-names.ts'

const refresh = 60_000
const wallText = 16
const shownBars = 8
const shownMonthsHeight = 300
const wallBarHeight = 42
/** Of the watermark, which is dark elsewhere and would not be seen on the dark wall. */
const wallMark = 'rgba(215, 229, 232, 0.08)'

/** The year's alerts for a screen on a wall: figures and places, no person's name; it looks again by itself. */
export function WallPage({ session, user }: { session: Session; user: SignedInUser }) {
  const { t } = useTranslation()
  useWatermark(useMark(user, false), wallMark)
  if (!may(session, 'alerts.read')) return <Result status="403" title={t('boards.wallClosed')} />
  return (
    <ConfigProvider theme={{ ...theme, algorithm: themes.darkAlgorithm }}>
      {session.demo ? <div className="demo-ribbon">{t('shell.demo')}</div> : null}
      <Wall scope={user.scope ?? provincePath} />
    </ConfigProvider>
  )
}

const packs: readonly string[] = ['fiscal', 'invoices']

function Wall({ scope }: { scope: string }) {
  const { t } = useTranslation()
  const [asked] = useSearchParams()
  const pack = packs.find((known) => known === asked.get('pack'))
  const period = currentPeriod('year', today())
  const address = { kind: 'year', period, basis: 'raised', under: undefined } as const
  const { board, earlier, ageing, within } = useBoard({ pack, address, refresh })
  const names = useFigureNames(board.data, ageing.data)
  const updated = shanghaiTime(new Date(board.dataUpdatedAt).toISOString())
  return (
    <div className="wall">
      <header>
        <h1>{pack ? t(`boards.title.${pack}`) : t('boards.wallTitle')}</h1>
        <span>{t('boards.when', { ...period })}</span>
        <span className="wall-note">{t('shell.banner')}</span>
        <span>{board.data ? t('boards.wallUpdated', { time: updated }) : ''}</span>
      </header>
      <HeadlineTiles now={board.data?.headline} before={earlier.data?.headline} />
      <div className="wall-grid">
        <Box title={t('boards.trend.raised')} wide>
          <Trend
            figures={board.data?.trend ?? []}
            period={period}
            title={t('boards.trend.raised')}
            height={shownMonthsHeight}
            ink={wallInk}
            fontSize={wallText}
          />
        </Box>
        <Box title={t('boards.byDivision')} tall>
          <DivisionTiles root={scope} figures={board.data?.divisions ?? []} within={within} />
          <h2 className="wall-second">{t('boards.ageing')}</h2>
          <WallBars title={t('boards.ageing')} figures={names.ageing} />
        </Box>
        <BarBox title={t('boards.byRule')} figures={names.rules} />
        <BarBox title={t('boards.byUnit')} figures={names.units} />
      </div>
    </div>
  )
}

function BarBox({ title, figures }: { title: string; figures: readonly NamedFigure[] }) {
  return (
    <Box title={title}>
      <WallBars title={title} figures={figures} />
    </Box>
  )
}

function WallBars({ title, figures }: { title: string; figures: readonly NamedFigure[] }) {
  const shown = useMemo(() => figures.slice(0, shownBars), [figures])
  return <Bars figures={shown} title={title} ink={wallInk} fontSize={wallText} barHeight={wallBarHeight} />
}

function Box(props: { title: string; wide?: boolean; tall?: boolean; children: ReactNode }) {
  return (
    <section className={['wall-box', props.wide ? 'wide' : '', props.tall ? 'tall' : ''].join(' ')}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}
