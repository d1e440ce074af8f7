import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import {
  answered,
  client,
  LevelTag,
  type ListColumn,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type ComposedRule, composedTone } from './composed-rule.ts'
import { useComposableDatasets } from './use-composable-datasets.ts'

/** Rules composed in the console, with the newest version of each. */
export function ComposedRulesPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const navigate = useNavigate()
  const address = useListAddress([])
  const list = useQuery({
    queryKey: ['composed-rules', 'list'],
    queryFn: async () => {
      const items = await answered<ComposedRule[]>(client.GET('/api/v1/composed-rules'))
      return { items, total: { count: items.length, capped: false } }
    },
  })
  return (
    <ListPage<ComposedRule, never>
      name="composed-rules"
      title={t('composed.title')}
      address={address}
      fields={[]}
      columns={useColumns()}
      rowKey="code"
      query={list}
      emptyText={t('composed.empty')}
      onOpen={({ code }) => navigate(`/composed-rules/${code}`)}
      actions={
        may(session, 'rules.compose') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/composed-rules/new')}>
            {t('composed.new')}
          </Button>
        ) : null
      }
    />
  )
}

function useColumns(): ListColumn<ComposedRule>[] {
  const { t } = useTranslation()
  const datasets = useComposableDatasets()
  const nameOf = (name: string) => {
    const found = datasets.data?.find((dataset) => dataset.name === name)
    return found ? inLanguage(found.title) : name
  }
  return [
    {
      key: 'code',
      title: t('composed.code'),
      width: 90,
      render: (_value, { code }) => <Link to={`/composed-rules/${code}`}>{code}</Link>,
    },
    { key: 'title', title: t('composed.name'), width: 280, render: (_value, { title }) => inLanguage(title) },
    {
      key: 'dataset',
      title: t('composed.dataset'),
      width: 140,
      render: (_value, { dataset }) => nameOf(dataset),
    },
    {
      key: 'level',
      title: t('composed.level'),
      width: 90,
      render: (_value, { level }) => <LevelTag level={level} />,
    },
    {
      key: 'version',
      title: t('composed.newest'),
      width: 110,
      render: (_value, { version }) => t('composed.numbered', { version }),
    },
    {
      key: 'state',
      title: t('composed.state'),
      width: 120,
      render: (_value, { state }) => (
        <StateTag tone={composedTone[state]}>{t(`composed.states.${state}`)}</StateTag>
      ),
    },
    {
      key: 'live',
      title: t('composed.inForce'),
      width: 110,
      render: (_value, { live }) =>
        live === null ? <span className="muted">—</span> : t('composed.numbered', { version: live }),
    },
    {
      key: 'changedAt',
      title: t('composed.changedAt'),
      width: 150,
      render: (_value, { changedAt }) => shanghaiTime(changedAt),
    },
  ]
}
