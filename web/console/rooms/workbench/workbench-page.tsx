import './workbench.css'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { today as todayInShanghai } from '../boards/use-board-address.ts'
import { LevelsByDay } from './levels-by-day.tsx'
import { MonthBoards } from './month-boards.tsx'
import { useWork } from './use-work.ts'
import { WorkColumn } from './work-column.tsx'
import { workSources } from './work-sources.ts'

/** What waits for the person today, what is late, what is new; nothing that is not his to act on. */
export function WorkbenchPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const works = workSources.some(({ permissions }) => permissions.some((one) => may(session, one)))
  const office = may(session, 'alerts.read')
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('workbench.title')}</h1>
        <span className="note">{t('workbench.greeting', { name: session.user?.displayName })}</span>
      </div>
      {works ? <Columns /> : null}
      {office ? (
        <>
          <LevelsByDay today={todayInShanghai()} />
          <MonthBoards today={todayInShanghai()} />
        </>
      ) : null}
      {works || office ? null : <div className="panel">{t('workbench.administrator')}</div>}
    </div>
  )
}

function Columns() {
  const session = useCurrentSession()
  const today = todayInShanghai()
  const work = useWork(session, today)
  const all = may(session, 'alerts.judge')
    ? { today: '/alerts?mine=true&sort=due', late: '/alerts?mine=true&overdue=true' }
    : may(session, 'alerts.answer')
      ? { today: '/unit-alerts', late: '/unit-alerts' }
      : { today: undefined, late: undefined }
  return (
    <>
      {work.error ? <ErrorState error={work.error} retry={work.refetch} /> : null}
      <div className="work-columns">
        <WorkColumn name="today" items={work.today} pending={work.isPending} today={today} all={all.today} />
        <WorkColumn name="late" items={work.late} pending={work.isPending} today={today} all={all.late} />
        <WorkColumn name="fresh" items={work.fresh} pending={work.isPending} today={today} />
      </div>
    </>
  )
}
