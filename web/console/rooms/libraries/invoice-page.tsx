import './libraries.css'
import { useQuery } from '@tanstack/react-query'
import { Skeleton, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { Amount, answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type AlertPageData, AlertTable } from '../alerts/alert-table.tsx'
import { Facts } from './facts.tsx'
import { invoiceAddress } from './library-words.ts'
import { UnmaskButton, useUnmasked } from './unmask.tsx'

type Invoice = components['schemas']['InvoiceDetail']

/** One invoice: head, lines, seller as registered on its day, who reimbursed it, what reverses it, and its alerts. */
export function InvoicePage() {
  const { t } = useTranslation()
  const { invoiceCode = '', invoiceNo = '' } = useParams()
  const invoice = useQuery({
    queryKey: ['invoices', 'one', invoiceCode, invoiceNo],
    queryFn: () =>
      answered<Invoice>(
        client.GET('/api/v1/invoices/{invoiceCode}/{invoiceNo}', {
          params: { path: { invoiceCode, invoiceNo } },
        }),
      ),
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          {t('libraries.invoice')} {invoiceNo}
        </h1>
      </div>
      {invoice.isError ? (
        <ErrorState error={invoice.error} retry={() => void invoice.refetch()} />
      ) : invoice.data ? (
        <Content invoice={invoice.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  )
}

function Content({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const unmask = useUnmasked(`/api/v1/invoices/${invoice.invoiceCode || '-'}/${invoice.invoiceNo}/unmask`)
  const name = (key: string, masked: string | null) => unmask.person(key)?.name ?? masked
  const number = (key: string, masked: string | null) => unmask.person(key)?.number ?? masked
  const { seller } = invoice
  return (
    <>
      <section className="panel">
        <h2>
          {t('libraries.head')}
          {may(session, 'invoices.unmask') ? <UnmaskButton unmask={unmask} /> : null}
        </h2>
        <Facts
          facts={[
            [t('libraries.kind'), t(`libraries.invoiceKinds.${invoice.kind}`)],
            [t('libraries.state'), t(`libraries.invoiceStates.${invoice.state}`)],
            [t('libraries.invoiceCode'), invoice.invoiceCode || t('libraries.noCode')],
            [t('libraries.invoiceNo'), invoice.invoiceNo],
            [t('libraries.issuedOn'), invoice.issuedOn],
            [t('libraries.buyer'), invoice.buyerName],
            [t('libraries.buyerTaxNo'), number('buyer_tax_no', invoice.buyerTaxNo)],
            [t('libraries.unit'), invoice.unitName],
            [t('libraries.seller'), invoice.sellerName],
            [
              t('libraries.sellerTaxNo'),
              invoice.seller ? (
                <Link key="seller" to={`/libraries/enterprises/${invoice.sellerTaxNo}`}>
                  {invoice.sellerTaxNo}
                </Link>
              ) : (
                number('seller_tax_no', invoice.sellerTaxNo)
              ),
            ],
            [t('libraries.sellerAddress'), invoice.sellerAddress],
            [t('libraries.amount'), <Amount key="amount" yuan={invoice.amount} />],
            [t('libraries.tax'), <Amount key="tax" yuan={invoice.tax} />],
            [t('libraries.total'), <Amount key="total" yuan={invoice.total} />],
            [t('libraries.remark'), invoice.remark],
            [t('libraries.drawer'), name('drawer', invoice.drawer)],
            [t('libraries.feed'), invoice.feed ? t(`libraries.feeds.${invoice.feed}`) : null],
          ]}
        />
        <Reversals invoice={invoice} />
      </section>
      <Lines invoice={invoice} />
      <section className="panel">
        <h2>{t('libraries.sellerOn', { day: invoice.issuedOn })}</h2>
        {seller ? (
          <Facts
            facts={[
              [t('libraries.enterpriseName'), seller.enterpriseName],
              [t('libraries.legalRep'), name('legal_rep', seller.legalRepName)],
              [t('libraries.state'), t(`libraries.enterpriseStates.${seller.state}`)],
              [t('libraries.stateSince'), seller.stateSince],
              [t('libraries.establishedOn'), seller.establishedOn],
              [t('libraries.industry'), seller.industry],
              [t('libraries.businessScope'), seller.businessScope],
              [
                t('libraries.validity'),
                `${seller.validFrom} — ${seller.validTo ?? t('libraries.stillValid')}`,
              ],
            ]}
          />
        ) : (
          <p className="muted">{t('libraries.noRegister')}</p>
        )}
      </section>
      <section className="panel">
        <h2>{t('libraries.reimbursements')}</h2>
        <Table
          size="small"
          rowKey="reimbursementId"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={invoice.reimbursements}
          locale={{ emptyText: t('libraries.noReimbursement') }}
          columns={[
            { title: t('libraries.reimbursementId'), dataIndex: 'reimbursementId' },
            {
              title: t('libraries.unit'),
              dataIndex: 'unitName',
              render: (unit) => unit ?? t('libraries.otherUnit'),
            },
            { title: t('libraries.claimedOn'), dataIndex: 'claimedOn' },
            {
              title: t('libraries.amount'),
              dataIndex: 'amount',
              align: 'right',
              render: (amount) => <Amount yuan={amount} />,
            },
            {
              title: t('libraries.claimant'),
              dataIndex: 'claimant',
              render: (claimant, row) => name(row.reimbursementId, claimant) ?? '—',
            },
            { title: t('libraries.paymentId'), dataIndex: 'paymentId' },
          ]}
        />
      </section>
      {may(session, 'alerts.read') ? <InvoiceAlerts invoiceNo={invoice.invoiceNo} /> : null}
    </>
  )
}

function Reversals({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  const { reverses, reversedBy } = invoice
  if (!reverses && reversedBy.length === 0) return null
  return (
    <p>
      {reverses ? (
        <>
          {t('libraries.reverses')} <Link to={invoiceAddress(reverses)}>{reverses.invoiceNo}</Link>{' '}
        </>
      ) : null}
      {reversedBy.map((red) => (
        <span key={red.invoiceNo}>
          {t('libraries.reversedBy')} <Link to={invoiceAddress(red)}>{red.invoiceNo}</Link>{' '}
          <Amount yuan={red.total} />{' '}
        </span>
      ))}
    </p>
  )
}

function Lines({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation()
  return (
    <section className="panel">
      <h2>{t('libraries.lines')}</h2>
      <Table
        size="small"
        rowKey="lineNo"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={invoice.lines}
        locale={{ emptyText: t('libraries.noLines') }}
        columns={[
          { title: t('libraries.lineNo'), dataIndex: 'lineNo', width: 56 },
          { title: t('libraries.itemName'), dataIndex: 'itemName' },
          { title: t('libraries.taxClassCode'), dataIndex: 'taxClassCode' },
          { title: t('libraries.spec'), dataIndex: 'spec' },
          { title: t('libraries.unitOfMeasure'), dataIndex: 'unitOfMeasure' },
          { title: t('libraries.quantity'), dataIndex: 'quantity', align: 'right', render: trimmed },
          { title: t('libraries.unitPrice'), dataIndex: 'unitPrice', align: 'right', render: trimmed },
          {
            title: t('libraries.amount'),
            dataIndex: 'amount',
            align: 'right',
            render: (amount) => <Amount yuan={amount} />,
          },
          { title: t('libraries.taxRate'), dataIndex: 'taxRate', align: 'right' },
          {
            title: t('libraries.tax'),
            dataIndex: 'tax',
            align: 'right',
            render: (tax) => <Amount yuan={tax} />,
          },
        ]}
      />
    </section>
  )
}

/** A quantity with six decimals, without the zeros at its end. */
const trimmed = (quantity: string | null) => quantity?.replace(/\.?0+$/, '') ?? '—'

function InvoiceAlerts({ invoiceNo }: { invoiceNo: string }) {
  const { t } = useTranslation()
  const alerts = useQuery({
    queryKey: ['alerts', 'of-invoice', invoiceNo],
    queryFn: () =>
      answered<AlertPageData>(
        client.GET('/api/v1/alerts', { params: { query: { invoice: invoiceNo, limit: 20 } as never } }),
      ),
  })
  return (
    <section className="panel">
      <h2>{t('libraries.alerts')}</h2>
      {alerts.isError ? (
        <ErrorState error={alerts.error} />
      ) : (
        <AlertTable rows={alerts.data?.items ?? []} loading={alerts.isPending} />
      )}
    </section>
  )
}
