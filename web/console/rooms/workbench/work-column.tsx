import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LevelTag, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { daysLeft, type WorkItem } from './work-item.ts'

/** As many as stand without scrolling on an office screen. */
const shown = 8
/** Calendar days before the end from which it is said in yellow. */
const soon = 2

/** One column of the workbench: what waits, each with the time that is left. */
export function WorkColumn(props: {
  name: 'today' | 'late' | 'fresh'
  items: readonly WorkItem[]
  pending: boolean
  today: string
  /** Leads to the list that holds the rest. */
  all?: string | undefined
}) {
  const { t } = useTranslation()
  const { name, items, today } = props
  return (
    <section className="panel work-column" aria-label={t(`workbench.columns.${name}`)}>
      <h2>
        {t(`workbench.columns.${name}`)}{' '}
        <span className="work-count">{props.pending ? '…' : items.length}</span>
      </h2>
      {props.pending && items.length === 0 ? <Skeleton active paragraph={{ rows: 6 }} title={false} /> : null}
      {!props.pending && items.length === 0 ? (
        <p className="muted">{t(`workbench.empty.${name}`)}</p>
      ) : (
        <ul>
          {items.slice(0, shown).map((item) => (
            <li key={item.key}>
              <Link to={item.address}>
                <span className="work-head">
                  {item.level ? <LevelTag level={item.level} /> : null}
                  <span className="muted">{t(`workbench.kinds.${item.kind}`)}</span>
                  <span className="work-time">
                    {name === 'fresh' ? (
                      <span className="muted">{shanghaiTime(item.since)}</span>
                    ) : (
                      <TimeLeft dueOn={item.dueOn} today={today} />
                    )}
                  </span>
                </span>
                <span className="work-title" title={item.title}>
                  {item.title}
                </span>
                <span className="work-about muted" title={item.about}>
                  {item.about}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {items.length > shown && props.all ? (
        <Link to={props.all}>{t('workbench.more', { count: items.length - shown })}</Link>
      ) : null}
    </section>
  )
}

function TimeLeft({ dueOn, today }: { dueOn: string | null; today: string }) {
  const { t } = useTranslation()
  if (!dueOn) return <span className="muted">{t('workbench.noEnd')}</span>
  const left = daysLeft(dueOn, today)
  if (left < 0) return <StateTag tone="red">{t('workbench.late', { count: -left })}</StateTag>
  if (left === 0) return <StateTag tone="red">{t('workbench.dueToday')}</StateTag>
  const tone = left <= soon ? 'yellow' : 'done'
  return <StateTag tone={tone}>{t('workbench.left', { count: left })}</StateTag>
}
