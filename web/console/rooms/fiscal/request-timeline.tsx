import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { shanghaiTime } from '../../../kit/index.ts'
import type { RequestDetail } from './payment-request.ts'

/** What was done with a request, by which side and why, newest last. */
export function RequestTimeline({ events }: { events: RequestDetail['events'] }) {
  const { t } = useTranslation()
  return (
    <Timeline
      items={events.map((event) => ({
        key: `${event.at} ${event.kind}`,
        content: (
          <>
            <span className="muted">{shanghaiTime(event.at)}</span> {t(`fiscal.sides.${event.side}`)}
            {event.actorName ? ` ${event.actorName}` : ''} {t(`fiscal.steps.${event.kind}`)}
            {event.reason ? <div style={{ whiteSpace: 'pre-wrap' }}>{event.reason}</div> : null}
          </>
        ),
      }))}
    />
  )
}
