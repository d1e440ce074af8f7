import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { shanghaiTime } from '../../../kit/index.ts'

type AlertEvent = components['schemas']['AlertEvent']

/** The story of an alert, newest last. */
export function AlertTimeline({ events }: { events: readonly AlertEvent[] }) {
  const { t } = useTranslation()
  return (
    <Timeline
      items={events.map((event) => ({
        key: event.eventId,
        content: (
          <>
            <span className="muted">{shanghaiTime(event.at)}</span> {t(`alerts.actors.${event.actor}`)}{' '}
            {t(`alerts.steps.${event.kind}`, { defaultValue: event.kind })}
            {event.note ? <div style={{ whiteSpace: 'pre-wrap' }}>{event.note}</div> : null}
          </>
        ),
      }))}
    />
  )
}
