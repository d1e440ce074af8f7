import { useQuery } from '@tanstack/react-query'
import { Drawer, Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { type Account, accountTone } from './account.ts'
import { AccountActions } from './account-actions.tsx'
import { AccountRoles } from './account-roles.tsx'

/** One account: who it is, which roles it holds and asks for, and what an administrator can do about it. */
export function AccountDrawer({ userId, onClose }: { userId: string; onClose: () => void }) {
  const account = useQuery({
    queryKey: ['accounts', 'detail', userId],
    queryFn: () =>
      answered<Account>(client.GET('/api/v1/accounts/{userId}', { params: { path: { userId } } })),
  })
  return (
    <Drawer open size={560} title={account.data?.displayName ?? ''} onClose={onClose}>
      {account.isPending ? <Spin className="page-spin" /> : null}
      {account.isError ? <ErrorState error={account.error} /> : null}
      {account.data ? (
        <>
          <AccountFacts account={account.data} />
          <AccountRoles account={account.data} />
          <AccountActions account={account.data} />
        </>
      ) : null}
    </Drawer>
  )
}

function AccountFacts({ account }: { account: Account }) {
  const { t } = useTranslation()
  const time = (at: string | null) => (at ? shanghaiTime(at) : '—')
  const rows: readonly (readonly [string, string])[] = [
    ['username', account.username],
    ['place', account.placeName ?? '—'],
    ['post', account.post ?? '—'],
    ['staffNo', account.staffNo ?? '—'],
    ['mobile', t(account.hasMobile ? 'administration.kept' : 'administration.notKept')],
    ['secondFactor', t(account.secondFactor ? 'administration.on' : 'administration.off')],
    ['lastSignIn', time(account.lastSignInAt)],
    ['createdAt', time(account.createdAt)],
  ]
  return (
    <dl className="facts">
      <dt>{t('administration.state')}</dt>
      <dd>
        <StateTag tone={accountTone[account.state]}>{t(`administration.states.${account.state}`)}</StateTag>
        {account.lockedUntil ? (
          <StateTag tone="red">
            {t('administration.lockedUntil', { at: shanghaiTime(account.lockedUntil) })}
          </StateTag>
        ) : null}
      </dd>
      {rows.map(([key, value]) => (
        <div key={key} style={{ display: 'contents' }}>
          <dt>{t(`administration.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
