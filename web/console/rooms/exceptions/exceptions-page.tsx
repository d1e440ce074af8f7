import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  useListAddress,
} from '../../../kit/index.ts'
import { ExceptionDrawer } from './exception-drawer.tsx'
import { ExceptionStanding, standings } from './exception-standing.tsx'
import { SuppressedHits } from './suppressed-hits.tsx'

type RuleException = components['schemas']['RuleException']

const names = ['standing', 'rule', 'unit'] as const

/** Exceptions of rules with their scope and last day, and the hits that they keep from becoming alerts. */
export function ExceptionsPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const tab = address.get('tab') ?? 'list'
  return (
    <Tabs
      className="page-part"
      activeKey={tab}
      onChange={(key) => setAddress(key === 'list' ? {} : { tab: key })}
      items={[
        { key: 'list', label: t('exceptions.title'), children: <ExceptionList /> },
        { key: 'suppressed', label: t('exceptions.suppressedTitle'), children: <SuppressedHits /> },
      ]}
    />
  )
}

function ExceptionList() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const address = useListAddress(names)
  // In the address, so that a notice can open one in a page that is open already.
  const opened = params.get('opened')
  const show = (exceptionId: string | undefined) =>
    setParams((now) => {
      const { opened: _before, ...rest } = Object.fromEntries(now)
      return exceptionId ? { ...rest, opened: exceptionId } : rest
    })
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['exceptions', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<RuleException>>(
        client.GET('/api/v1/exceptions', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  return (
    <>
      <ListPage<RuleException, (typeof names)[number]>
        name="exceptions"
        title={t('exceptions.title')}
        address={address}
        fields={[
          {
            name: 'standing',
            label: t('exceptions.standing'),
            kind: 'choice',
            options: standings.map((value) => ({ value, label: t(`exceptions.standings.${value}`) })),
          },
          { name: 'rule', label: t('exceptions.rule'), kind: 'text' },
          { name: 'unit', label: t('exceptions.unitCode'), kind: 'text' },
        ]}
        columns={useColumns()}
        rowKey="exceptionId"
        query={list}
        emptyText={t('exceptions.empty')}
        onOpen={({ exceptionId }) => show(exceptionId)}
      />
      {opened ? <ExceptionDrawer exceptionId={opened} onClose={() => show(undefined)} /> : null}
    </>
  )
}

function useColumns(): ListColumn<RuleException>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', title: t('exceptions.number'), dataIndex: 'number', width: 132 },
    {
      key: 'standing',
      title: t('exceptions.standing'),
      width: 96,
      render: (_value, { standing }) => <ExceptionStanding standing={standing} />,
    },
    { key: 'rule', title: t('exceptions.rule'), dataIndex: 'rule', width: 70 },
    {
      key: 'suppressed',
      title: t('exceptions.suppressed'),
      dataIndex: 'suppressed',
      width: 100,
      align: 'right',
    },
    {
      key: 'unit',
      title: t('exceptions.unit'),
      width: 200,
      ellipsis: true,
      render: (_value, { unitName, unitCode }) => unitName ?? unitCode ?? t('exceptions.any'),
    },
    {
      key: 'counterparty',
      title: t('exceptions.counterparty'),
      width: 176,
      render: (_value, { counterparty }) => counterparty ?? t('exceptions.any'),
    },
    {
      key: 'economicCode',
      title: t('exceptions.economicCode'),
      width: 110,
      render: (_value, { economicCode }) => economicCode ?? t('exceptions.any'),
    },
    {
      key: 'period',
      title: t('exceptions.period'),
      width: 210,
      render: (_value, { validFrom, validTo }) => `${validFrom} — ${validTo}`,
    },
    {
      key: 'proposedBy',
      title: t('exceptions.proposedBy'),
      width: 110,
      render: (_value, { proposedBy }) => proposedBy.name,
    },
    {
      key: 'approvalNo',
      title: t('exceptions.approvalNo'),
      width: 180,
      render: (_value, { approvalNo }) => approvalNo ?? '—',
    },
  ]
}
