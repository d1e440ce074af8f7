import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Spin, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { type Handover, HandoverState } from './handover-state.tsx'

interface Item {
  readonly room: string
  readonly kind: string
  readonly itemId: string
  readonly title: string
}
type Whole = Handover & { readonly items: readonly Item[] }

/** Where a piece of work is opened; a slip is found in the list of slips. */
const pageOf: Readonly<Record<string, string>> = {
  alert: '/alerts/',
  unit_alert: '/unit-alerts/',
  payment_request: '/payment-requests/',
  unit_payment_request: '/unit-payment-requests/',
}

/** One handover with its list. Who signs, signs the list as he has read it: a changed one is refused. */
export function HandoverDrawer({ handoverId, onClose }: { handoverId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const whole = useQuery({
    queryKey: ['handovers', handoverId],
    queryFn: () =>
      answered<Whole>(
        client.GET('/api/v1/handovers/{handoverId}', { params: { path: { handoverId } } }) as never,
      ),
  })
  const { data } = whole
  return (
    <Drawer open size={640} title={t('handovers.one')} onClose={onClose}>
      {whole.isPending ? <Spin className="page-spin" /> : null}
      {whole.isError ? <ErrorState error={whole.error} retry={() => void whole.refetch()} /> : null}
      {data ? (
        <>
          <dl className="facts">
            <dt>{t('handovers.from')}</dt>
            <dd>
              {data.fromName} <Signed at={data.giverSignedAt} stead={inStead(data)} />
            </dd>
            <dt>{t('handovers.to')}</dt>
            <dd>
              {data.toName} <Signed at={data.receiverSignedAt} stead={false} />
            </dd>
            <dt>{t('handovers.reason')}</dt>
            <dd>{data.reason}</dd>
            <dt>{t('handovers.state')}</dt>
            <dd>
              <HandoverState handover={data} />
            </dd>
          </dl>
          <Table<Item>
            size="small"
            style={{ marginTop: 16 }}
            rowKey={({ kind, itemId }) => `${kind} ${itemId}`}
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            dataSource={[...data.items]}
            locale={{ emptyText: t('handovers.hidden', { count: data.itemCount }) }}
            columns={[
              {
                title: t('handovers.item'),
                render: (_value, { kind, itemId, title }) => {
                  const page = pageOf[kind]
                  return page ? <Link to={`${page}${itemId}`}>{title}</Link> : title
                },
              },
            ]}
          />
          <SignButton handover={data} />
        </>
      ) : null}
    </Drawer>
  )
}

const inStead = ({ giverSignedBy, fromUser }: Handover) =>
  giverSignedBy !== null && giverSignedBy !== fromUser

function Signed({ at, stead }: { at: string | null; stead: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="muted">
      {at
        ? t(stead ? 'handovers.signedInStead' : 'handovers.signed', { at: shanghaiTime(at) })
        : t('handovers.unsigned')}
    </span>
  )
}

function SignButton({ handover }: { handover: Whole }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const { handoverId, digest, awaitsMe } = handover
  const sign = useMutation({
    mutationFn: () =>
      answered(
        client.POST('/api/v1/handovers/{handoverId}/signature', {
          params: { path: { handoverId } },
          body: { digest },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('handovers.signedNow'))
      await queries.invalidateQueries({ queryKey: ['handovers'] })
      await queries.invalidateQueries({ queryKey: ['alerts', 'work'] })
    },
  })
  if (!awaitsMe) return null
  return (
    <div style={{ marginTop: 16 }}>
      <p className="muted">{t('handovers.signHint')}</p>
      {sign.isError ? <ErrorState error={sign.error} /> : null}
      <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate()}>
        {t('handovers.sign')}
      </Button>
    </div>
  )
}
