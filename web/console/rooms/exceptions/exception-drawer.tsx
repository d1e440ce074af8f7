import { useQuery } from '@tanstack/react-query'
import { Drawer, Spin, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { ExceptionStanding } from './exception-standing.tsx'
import { ExceptionSteps } from './exception-steps.tsx'

type Detail = components['schemas']['RuleExceptionDetail']

/** One exception: scope, period, why, who decided, and its history. */
export function ExceptionDrawer({ exceptionId, onClose }: { exceptionId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const exception = useQuery({
    queryKey: ['exceptions', 'detail', exceptionId],
    queryFn: () =>
      answered<Detail>(client.GET('/api/v1/exceptions/{exceptionId}', { params: { path: { exceptionId } } })),
  })
  return (
    <Drawer open size={600} title={exception.data?.number ?? t('exceptions.title')} onClose={onClose}>
      {exception.isPending ? <Spin className="page-spin" /> : null}
      {exception.isError ? <ErrorState error={exception.error} /> : null}
      {exception.data ? <Content exception={exception.data} /> : null}
    </Drawer>
  )
}

function Content({ exception }: { exception: Detail }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="sentence">{exception.reason}</p>
      <Scope exception={exception} />
      <Timeline
        style={{ marginTop: 24 }}
        items={exception.events.map((event) => ({
          key: `${event.at} ${event.kind}`,
          content: (
            <>
              <span className="muted">{shanghaiTime(event.at)}</span> {event.actor.name}{' '}
              {t(`exceptions.events.${event.kind}`)} {event.note}
            </>
          ),
        }))}
      />
      <ExceptionSteps exception={exception} />
    </>
  )
}

function Scope({ exception }: { exception: Detail }) {
  const { t } = useTranslation()
  const any = t('exceptions.any')
  const { unitName, unitCode, counterparty, economicCode, validFrom, validTo, endedOn } = exception
  return (
    <dl className="facts">
      <dt>{t('exceptions.standing')}</dt>
      <dd>
        <ExceptionStanding standing={exception.standing} /> {endedOn}
      </dd>
      <dt>{t('exceptions.rule')}</dt>
      <dd>{exception.rule}</dd>
      <dt>{t('exceptions.unit')}</dt>
      <dd>{unitCode ? `${unitName ?? ''} ${unitCode}` : any}</dd>
      <dt>{t('exceptions.counterparty')}</dt>
      <dd>{counterparty ?? any}</dd>
      <dt>{t('exceptions.economicCode')}</dt>
      <dd>{economicCode ?? any}</dd>
      <dt>{t('exceptions.period')}</dt>
      <dd>
        {validFrom} — {validTo}
      </dd>
      <dt>{t('exceptions.approvalNo')}</dt>
      <dd>{exception.approvalNo ?? '—'}</dd>
      <dt>{t('exceptions.suppressed')}</dt>
      <dd>{exception.suppressed}</dd>
      <dt>{t('exceptions.fromAlert')}</dt>
      <dd>
        {exception.alertId ? (
          <Link to={`/alerts/${exception.alertId}`}>{exception.alertNumber}</Link>
        ) : (
          exception.alertNumber
        )}
      </dd>
    </dl>
  )
}
