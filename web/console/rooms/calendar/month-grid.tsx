import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'

type CalendarDay = components['schemas']['CalendarDay']

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** 1 for Monday to 7 for Sunday. */
function weekdayOf(date: string): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day === 0 ? 7 : day
}

/** One month, Monday first; days off are told apart by colour and by the mark 休, make-up days by 班. */
export function MonthGrid(props: {
  title: string
  days: readonly CalendarDay[]
  onChoose?: (day: CalendarDay) => void
}) {
  const { t } = useTranslation()
  const first = props.days[0]
  return (
    <section className="panel month">
      <h2>{props.title}</h2>
      <div className="month-grid">
        {weekdays.map((day) => (
          <span key={day} className="muted">
            {t(`calendar.weekdays.${day}`)}
          </span>
        ))}
        {props.days.map((day) => (
          <Day
            key={day.onDate}
            day={day}
            column={day === first ? weekdayOf(day.onDate) : undefined}
            {...(props.onChoose ? { onChoose: props.onChoose } : {})}
          />
        ))}
      </div>
    </section>
  )
}

function Day(props: { day: CalendarDay; column: number | undefined; onChoose?: (day: CalendarDay) => void }) {
  const { t } = useTranslation()
  const { day, onChoose } = props
  const weekend = weekdayOf(day.onDate) > 5
  const kind = day.isWorkday ? (weekend ? 'makeup' : 'work') : 'off'
  const words = [
    day.onDate,
    t(day.isWorkday ? 'calendar.work' : 'calendar.off'),
    day.holiday,
    day.corrected ? t('calendar.corrected') : null,
  ]
  const className = `day ${kind}${day.corrected ? ' corrected' : ''}`
  const style = props.column ? { gridColumnStart: props.column } : undefined
  const label = words.filter(Boolean).join(' ')
  const content = (
    <>
      {Number(day.onDate.slice(8))}
      {kind === 'makeup' ? <i>{t('calendar.workMark')}</i> : null}
      {kind === 'off' && (day.holiday || !weekend) ? <i>{t('calendar.offMark')}</i> : null}
    </>
  )
  if (!onChoose)
    return (
      <span className={className} style={style} title={label}>
        {content}
      </span>
    )
  return (
    <button
      type="button"
      className={className}
      style={style}
      title={label}
      aria-label={label}
      onClick={() => onChoose(day)}
    >
      {content}
    </button>
  )
}
