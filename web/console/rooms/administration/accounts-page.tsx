import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type Account, accountStates, accountTone } from './account.ts'
import { AccountDrawer } from './account-drawer.tsx'
import { NewAccountDrawer } from './new-account-drawer.tsx'
import { useRoleNames } from './use-role-names.ts'

const names = ['q', 'state', 'role', 'organCode', 'unitCode'] as const

/** Accounts of persons: who may sign in, in which place, with which roles. */
export function AccountsPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const address = useListAddress(names)
  const [opened, setOpened] = useState<string>()
  const [adding, setAdding] = useState(false)
  const roles = useRoleNames()
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['accounts', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<Account>>(
        client.GET('/api/v1/accounts', { params: { query: { ...conditions, cursor, limit: 50 } as never } }),
      ),
  })
  return (
    <>
      <ListPage<Account, (typeof names)[number]>
        name="accounts"
        title={t('administration.accounts')}
        address={address}
        fields={[
          { name: 'q', label: t('administration.search'), kind: 'text' },
          {
            name: 'state',
            label: t('administration.state'),
            kind: 'choice',
            options: accountStates.map((value) => ({ value, label: t(`administration.states.${value}`) })),
          },
          { name: 'role', label: t('administration.role'), kind: 'choice', options: roles.options },
          { name: 'organCode', label: t('administration.organCode'), kind: 'text' },
          { name: 'unitCode', label: t('administration.unitCode'), kind: 'text' },
        ]}
        columns={useColumns(roles.nameOf)}
        rowKey="userId"
        query={list}
        onOpen={(account) => setOpened(account.userId)}
        actions={
          may(session, 'identity.manage_accounts') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('administration.newAccount')}
            </Button>
          ) : null
        }
      />
      {opened ? <AccountDrawer userId={opened} onClose={() => setOpened(undefined)} /> : null}
      {adding ? <NewAccountDrawer onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function useColumns(nameOf: (role: string) => string): ListColumn<Account>[] {
  const { t } = useTranslation()
  return [
    { key: 'username', title: t('administration.username'), dataIndex: 'username', width: 140 },
    { key: 'displayName', title: t('administration.displayName'), dataIndex: 'displayName', width: 120 },
    {
      key: 'placeName',
      title: t('administration.place'),
      dataIndex: 'placeName',
      width: 220,
      render: (name: string | null, { unitCode, organCode }) => name ?? unitCode ?? organCode ?? '—',
    },
    {
      key: 'roles',
      title: t('administration.roles'),
      width: 240,
      render: (_value, { roles, pendingRoles }) => (
        <>
          {roles.map(nameOf).join('、') || '—'}
          {pendingRoles.length > 0 ? (
            <span className="muted">
              {' '}
              {t('administration.pending', { roles: pendingRoles.map(nameOf).join('、') })}
            </span>
          ) : null}
        </>
      ),
    },
    {
      key: 'state',
      title: t('administration.state'),
      width: 120,
      render: (_value, { state, lockedUntil }) =>
        lockedUntil ? (
          <StateTag tone="red">{t('administration.locked')}</StateTag>
        ) : (
          <StateTag tone={accountTone[state]}>{t(`administration.states.${state}`)}</StateTag>
        ),
    },
    {
      key: 'secondFactor',
      title: t('administration.secondFactor'),
      dataIndex: 'secondFactor',
      width: 110,
      render: (on: boolean) => t(on ? 'administration.on' : 'administration.off'),
    },
    {
      key: 'lastSignInAt',
      title: t('administration.lastSignIn'),
      dataIndex: 'lastSignInAt',
      width: 150,
      render: (at: string | null) => (at ? shanghaiTime(at) : '—'),
    },
  ]
}
