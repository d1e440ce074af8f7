import { useQuery } from '@tanstack/react-query'
import { Alert, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Amount, answered, client, ErrorState, LevelTag, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { usePageName } from '../../page-name.ts'
import { type Face, type RequestDetail, stateTone } from './payment-request.ts'
import { RequestActions } from './request-actions.tsx'
import { RequestHit } from './request-hit.tsx'
import { RequestTimeline } from './request-timeline.tsx'

/** One payment request as the office sees it. */
export function RequestPage() {
  return <Request face="office" />
}

/** One payment request of one's own unit. */
export function UnitRequestPage() {
  return <Request face="unit" />
}

function Request({ face }: { face: Face }) {
  const { t } = useTranslation()
  const { requestKey = '' } = useParams()
  const request = useQuery({
    queryKey: ['payment-requests', face, 'detail', requestKey],
    queryFn: () => {
      const params = { path: { requestKey } }
      return answered<RequestDetail>(
        face === 'office'
          ? client.GET('/api/v1/fiscal/payment-requests/{requestKey}', { params })
          : client.GET('/api/v1/unit-payment-requests/{requestKey}', { params }),
      )
    },
  })
  usePageName(request.data?.requestNo)
  if (request.isPending) return <Spin className="page-spin" />
  if (request.isError) {
    return (
      <div className="page">
        <ErrorState error={request.error} retry={() => void request.refetch()} />
      </div>
    )
  }
  const { data } = request
  return (
    <div className="page" style={{ maxWidth: 1080 }}>
      <div className="page-head">
        <h1>{data.requestNo}</h1>
        {data.level ? <LevelTag level={data.level} /> : null}
        <StateTag tone={stateTone[data.state]}>{t(`fiscal.states.${data.state}`)}</StateTag>
        <span className="right note">{shanghaiTime(data.requestedAt)}</span>
      </div>
      <Standing request={data} face={face} />
      <div className="panel">
        <h2>{t('fiscal.request')}</h2>
        <dl className="facts">
          <dt>{t('fiscal.unit')}</dt>
          <dd>
            {data.unitName ?? '—'} {data.unitCode}
          </dd>
          <dt>{t('fiscal.amount')}</dt>
          <dd>
            <Amount yuan={data.amount} /> {t('kit.yuan')}
          </dd>
          {data.fields.filter(isShown).map((field) => (
            <Fact key={field.name} title={inLanguage(field.title)} value={inLanguage(field.value)} />
          ))}
          <dt>{t('fiscal.payment')}</dt>
          <dd>
            {data.paymentId ? (
              <>
                {data.paymentId} · {data.paidOn} · <Amount yuan={data.paidAmount ?? '0.00'} /> {t('kit.yuan')}
              </>
            ) : (
              t('fiscal.notPaid')
            )}
          </dd>
        </dl>
      </div>
      {data.hits.length === 0 && data.decision === 'pass' ? (
        <div className="panel muted">{t('fiscal.nothingFound')}</div>
      ) : null}
      {data.hits.map((hit) => (
        <RequestHit key={`${hit.rule} ${hit.message.zh}`} hit={hit} />
      ))}
      <div className="panel">
        <h2>{t('fiscal.story')}</h2>
        <RequestTimeline events={data.events} />
      </div>
      <RequestActions request={data} face={face} />
    </div>
  )
}

/** Already said above: who, how much, under which number. */
const saidAbove = ['unit_code', 'amount', 'request_id']

function isShown({ name }: RequestDetail['fields'][number]): boolean {
  return !saidAbove.includes(name)
}

function Fact({ title, value }: { title: string; value: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** What the request's state means, and what is awaited. */
function Standing({ request, face }: { request: RequestDetail; face: Face }) {
  const { t } = useTranslation()
  const kind = {
    passed: 'success',
    released: 'success',
    explained: 'info',
    explanation_owed: 'warning',
  } as const
  const type = request.state in kind ? kind[request.state as keyof typeof kind] : 'error'
  const agreed = request.agreed.map((side) => t(`fiscal.sides.${side}`)).join('、')
  const more =
    request.state === 'held' && face === 'office' && agreed
      ? t('fiscal.agreedBy', { sides: agreed })
      : undefined
  return (
    <>
      {request.paymentFault ? (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={t(`fiscal.faultTexts.${request.paymentFault}`)}
        />
      ) : null}
      <Alert
        type={type}
        showIcon
        style={{ marginBottom: 12 }}
        title={
          face === 'unit' && request.state === 'held'
            ? t('fiscal.heldForUnit')
            : t(`fiscal.meaning.${request.state}`, { date: request.explainBy ?? '' })
        }
        {...(more ? { description: more } : {})}
      />
    </>
  )
}
