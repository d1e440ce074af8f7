import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { groupedYuan } from '../../../kit/index.ts'
import type { Figure } from './figure.ts'
import { FigureLink } from './figure-link.tsx'

/** Figures that are a number of alerts; the rate and the sum stand beside them. */
const counts = ['raised', 'open', 'overdue', 'closed', 'violations', 'handed_on'] as const

type Figures = readonly Figure[] | undefined
const find = (figures: Figures, key: string) => figures?.find((figure) => figure.key === key)

/** The figures above the fold, each with its change against the period before. */
export function HeadlineTiles({ now, before }: { now: Figures; before: Figures }) {
  const { t } = useTranslation()
  if (!now) {
    return (
      <div className="tiles board-tiles">
        {[...counts, 'recovered', 'on_time'].map((key) => (
          <div key={key} className="tile">
            <Skeleton active title={false} paragraph={{ rows: 2 }} />
          </div>
        ))}
      </div>
    )
  }
  const recovered = find(now, 'recovered')
  return (
    <div className="tiles board-tiles">
      {counts.map((key) => {
        const figure = find(now, key)
        if (!figure) return null
        return (
          <FigureLink key={key} figure={figure} className="tile">
            {t(`boards.headline.${key}`)}
            <b>{figure.count.toLocaleString('en-US')}</b>
            <Change now={figure.count} before={find(before, key)?.count} />
          </FigureLink>
        )
      })}
      {recovered ? (
        <FigureLink figure={recovered} className="tile">
          {t('boards.headline.recovered')}
          <b>{groupedYuan(recovered.recovered)}</b>
          <AmountChange now={recovered.recovered} before={find(before, 'recovered')?.recovered} />
        </FigureLink>
      ) : null}
      <OnTime now={now} before={before} />
    </div>
  )
}

/** The share of terms kept among all that have ended, by alert; its two parts lead to their rows. */
function OnTime({ now, before }: { now: Figures; before: Figures }) {
  const { t } = useTranslation()
  const [kept, late] = [find(now, 'on_time'), find(now, 'late')]
  if (!kept || !late) return null
  const rate = rateOf(now)
  return (
    <div className="tile">
      {t('boards.headline.on_time')}
      <b>{rate === undefined ? '—' : `${rate.toFixed(1)}%`}</b>
      <span className="tile-parts">
        <FigureLink figure={kept}>{t('boards.headline.kept', { count: kept.count })}</FigureLink>
        <FigureLink figure={late}>{t('boards.headline.late', { count: late.count })}</FigureLink>
      </span>
      <RateChange now={rate} before={rateOf(before)} />
    </div>
  )
}

function rateOf(figures: Figures): number | undefined {
  const kept = find(figures, 'on_time')?.count ?? 0
  const all = kept + (find(figures, 'late')?.count ?? 0)
  return all === 0 ? undefined : (kept / all) * 100
}

const signed = (text: string, negative: boolean) => `${negative ? '−' : '+'}${text}`

function Change({ now, before }: { now: number; before: number | undefined }) {
  const { t } = useTranslation()
  if (before === undefined) return <small>…</small>
  const difference = now - before
  if (difference === 0) return <small>{t('boards.unchanged')}</small>
  const change = signed(Math.abs(difference).toLocaleString('en-US'), difference < 0)
  // Beyond tenfold a share says less than the two numbers.
  if (before === 0 || now > before * 10) return <small>{t('boards.change', { change })}</small>
  const share = signed(`${Math.abs((difference / before) * 100).toFixed(0)}%`, difference < 0)
  return <small>{t('boards.changeAndShare', { change, share })}</small>
}

const fen = (yuan: string) => BigInt(yuan.replace('.', ''))

function AmountChange({ now, before }: { now: string; before: string | undefined }) {
  const { t } = useTranslation()
  if (before === undefined) return <small>…</small>
  const difference = fen(now) - fen(before)
  if (difference === 0n) return <small>{t('boards.unchanged')}</small>
  const size = String(difference < 0n ? -difference : difference).padStart(3, '0')
  const change = signed(groupedYuan(`${size.slice(0, -2)}.${size.slice(-2)}`), difference < 0n)
  return <small>{t('boards.change', { change })}</small>
}

function RateChange({ now, before }: { now: number | undefined; before: number | undefined }) {
  const { t } = useTranslation()
  if (now === undefined || before === undefined) return null
  const difference = now - before
  return (
    <small>{t('boards.points', { change: signed(Math.abs(difference).toFixed(1), difference < 0) })}</small>
  )
}
