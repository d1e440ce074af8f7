import './libraries.css'
import { useQuery } from '@tanstack/react-query'
import { Skeleton, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { Amount, answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { Connections } from './connections.tsx'
import { Facts } from './facts.tsx'
import { UnmaskButton, useUnmasked } from './unmask.tsx'

type Enterprise = components['schemas']['EnterpriseDetail']

/** One enterprise: its register over time, shareholders, the units that bought from it, and ties to the watch list. */
export function EnterprisePage() {
  const { t } = useTranslation()
  const { creditCode = '' } = useParams()
  const enterprise = useQuery({
    queryKey: ['enterprises', 'one', creditCode],
    queryFn: () =>
      answered<Enterprise>(
        client.GET('/api/v1/enterprises/{creditCode}', { params: { path: { creditCode } } }),
      ),
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{enterprise.data?.versions[0]?.enterpriseName ?? t('libraries.enterprise')}</h1>
        <span className="note">{creditCode}</span>
      </div>
      {enterprise.isError ? (
        <ErrorState error={enterprise.error} retry={() => void enterprise.refetch()} />
      ) : enterprise.data ? (
        <Content enterprise={enterprise.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  )
}

function Content({ enterprise }: { enterprise: Enterprise }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const unmask = useUnmasked(`/api/v1/enterprises/${enterprise.creditCode}/unmask`)
  const [now] = enterprise.versions
  return (
    <>
      <section className="panel">
        <h2>
          {t('libraries.registeredNow')}
          {may(session, 'invoices.unmask') ? <UnmaskButton unmask={unmask} /> : null}
        </h2>
        {unmask.data ? (
          <ul>
            {unmask.data.persons.map((person) => (
              <li key={`${person.key} ${person.number}`}>
                {t(`libraries.roles.${person.key}`)} {person.name} {person.number}
              </li>
            ))}
          </ul>
        ) : null}
        {now ? (
          <Facts
            facts={[
              [t('libraries.legalRep'), now.legalRepName],
              [t('libraries.state'), t(`libraries.enterpriseStates.${now.state}`)],
              [t('libraries.stateSince'), now.stateSince],
              [t('libraries.establishedOn'), now.establishedOn],
              [t('libraries.industry'), now.industry],
              [t('libraries.regionCode'), now.regionCode],
              [t('libraries.businessScope'), now.businessScope],
            ]}
          />
        ) : null}
      </section>
      <section className="panel">
        <h2>{t('libraries.history')}</h2>
        <Table
          size="small"
          rowKey="validFrom"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={enterprise.versions}
          columns={[
            { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
            {
              title: t('libraries.validTo'),
              dataIndex: 'validTo',
              render: (day) => day ?? t('libraries.stillValid'),
            },
            { title: t('libraries.enterpriseName'), dataIndex: 'enterpriseName' },
            { title: t('libraries.legalRep'), dataIndex: 'legalRepName' },
            {
              title: t('libraries.state'),
              dataIndex: 'state',
              render: (state) => t(`libraries.enterpriseStates.${state}`),
            },
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t('libraries.shareholders')}</h2>
        <Table
          size="small"
          rowKey={(row) => `${row.holderName} ${row.validFrom} ${row.ratio}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={enterprise.shareholders}
          locale={{ emptyText: t('libraries.noShareholders') }}
          columns={[
            {
              title: t('libraries.holder'),
              dataIndex: 'holderName',
              render: (name, row) =>
                row.holderCode ? <Link to={`/libraries/enterprises/${row.holderCode}`}>{name}</Link> : name,
            },
            {
              title: t('libraries.holderKind'),
              dataIndex: 'kind',
              render: (kind) => t(`libraries.holderKinds.${kind}`),
            },
            {
              title: t('libraries.capital'),
              dataIndex: 'capital',
              align: 'right',
              render: (capital) => <Amount yuan={capital} />,
            },
            {
              title: t('libraries.ratio'),
              dataIndex: 'ratio',
              align: 'right',
              render: (ratio: string | null) => ratio?.replace(/\.?0+$/, '') ?? '—',
            },
            { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
            {
              title: t('libraries.validTo'),
              dataIndex: 'validTo',
              render: (day) => day ?? t('libraries.stillValid'),
            },
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t('libraries.buyers')}</h2>
        <Table
          size="small"
          rowKey="unitCode"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={enterprise.buyers}
          locale={{ emptyText: t('libraries.noBuyers') }}
          columns={[
            { title: t('libraries.unit'), dataIndex: 'unitName' },
            {
              title: t('libraries.invoiceCount'),
              dataIndex: 'invoices',
              align: 'right',
              render: (count, row) => (
                <Link to={`/libraries/invoices?seller=${enterprise.creditCode}&unit=${row.unitCode}`}>
                  {count}
                </Link>
              ),
            },
            {
              title: t('libraries.total'),
              dataIndex: 'total',
              align: 'right',
              render: (total) => <Amount yuan={total} />,
            },
            { title: t('libraries.firstOn'), dataIndex: 'firstOn' },
            { title: t('libraries.lastOn'), dataIndex: 'lastOn' },
          ]}
        />
      </section>
      {may(session, 'subjects.search') ? <Connections creditCode={enterprise.creditCode} /> : null}
    </>
  )
}
