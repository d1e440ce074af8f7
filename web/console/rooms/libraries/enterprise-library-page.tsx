import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  useListAddress,
} from '../../../kit/index.ts'
import { enterpriseStates } from './library-words.ts'

type EnterpriseRow = components['schemas']['EnterpriseRow']

const names = ['text', 'state', 'region'] as const
const addressOf = (row: EnterpriseRow) => `/libraries/enterprises/${row.creditCode}`

/** The library of enterprises, as they are registered now. */
export function EnterpriseLibraryPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const query = useQuery({
    queryKey: ['enterprises', conditions, cursor],
    queryFn: () =>
      answered<ListData<EnterpriseRow>>(
        client.GET('/api/v1/enterprises', { params: { query: { ...conditions, cursor } as never } }),
      ),
  })
  const columns: readonly ListColumn<EnterpriseRow>[] = [
    {
      key: 'creditCode',
      title: t('libraries.creditCode'),
      render: (_value, row) => <Link to={addressOf(row)}>{row.creditCode}</Link>,
    },
    { key: 'enterpriseName', title: t('libraries.enterpriseName'), dataIndex: 'enterpriseName' },
    {
      key: 'legalRepName',
      title: t('libraries.legalRep'),
      render: (_value, row) => row.legalRepName ?? '—',
    },
    { key: 'establishedOn', title: t('libraries.establishedOn'), dataIndex: 'establishedOn' },
    {
      key: 'state',
      title: t('libraries.state'),
      render: (_value, row) => t(`libraries.enterpriseStates.${row.state}`),
    },
    { key: 'regionCode', title: t('libraries.regionCode'), dataIndex: 'regionCode' },
    { key: 'versions', title: t('libraries.versions'), dataIndex: 'versions', align: 'right' },
  ]
  return (
    <ListPage
      name="enterprise-library"
      title={t('libraries.enterprises.title')}
      fields={[
        { name: 'text', label: t('libraries.enterprises.text'), kind: 'text' },
        {
          name: 'state',
          label: t('libraries.state'),
          kind: 'choice',
          options: enterpriseStates.map((value) => ({
            value,
            label: t(`libraries.enterpriseStates.${value}`),
          })),
        },
        { name: 'region', label: t('libraries.regionCode'), kind: 'text' },
      ]}
      address={address}
      columns={columns}
      rowKey="creditCode"
      query={query}
      emptyText={t('libraries.enterprises.empty')}
      onOpen={(row) => navigate(addressOf(row))}
    />
  )
}
