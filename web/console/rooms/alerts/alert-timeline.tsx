import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { Amount, AttachmentLinks, shanghaiTime } from '../../../kit/index.ts'

type AlertEvent = components['schemas']['AlertEvent']

/** The story of an alert, newest last; `under` is the address from which its attachments are read. */
export function AlertTimeline({ events, under }: { events: readonly AlertEvent[]; under: string }) {
  return (
    <Timeline
      items={events.map((event) => ({
        key: event.eventId,
        content: <Step event={event} under={under} />,
      }))}
    />
  )
}

function Step({ event, under }: { event: AlertEvent; under: string }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="muted">{shanghaiTime(event.at)}</span> {t(`alerts.actors.${event.actor}`)}{' '}
      {event.actorName ? `${event.actorName} ` : ''}
      {t(`alerts.steps.${event.kind}`, { defaultValue: event.kind })}
      {event.note ? <div style={{ whiteSpace: 'pre-wrap' }}>{event.note}</div> : null}
      {event.contact ? (
        <div>
          <span className="muted">{t('alerts.contact')}</span> {event.contact}
        </div>
      ) : null}
      {event.recovered ? (
        <div>
          <span className="muted">{t('alerts.recoveredAmount')}</span> <Amount yuan={event.recovered} />
        </div>
      ) : null}
      <AttachmentLinks files={event.files} under={under} />
    </>
  )
}
