import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, ReasonModal } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import type { Account } from './account.ts'
import { DepartureModal } from './departure-modal.tsx'
import { OneTimePassword } from './one-time-password.tsx'
import { useAccountStep } from './use-account-step.ts'

type Asked = 'reset' | 'resetFactor' | 'enable' | 'departure'
type Given = components['schemas']['OneTimePassword']

/** What the system administrator can do with an account. Each act asks for its reason. */
export function AccountActions({ account }: { account: Account }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [asked, setAsked] = useState<Asked>()
  const path = { path: { userId: account.userId } }
  const reset = useAccountStep(({ factor, reason }: { factor: boolean; reason: string }) =>
    answered<Given>(
      client.POST('/api/v1/accounts/{userId}/reset', { params: path, body: { factor, reason } }),
    ),
  )
  const enable = useAccountStep((reason: string) =>
    answered(client.POST('/api/v1/accounts/{userId}/enable', { params: path, body: { reason } })),
  )
  const unlock = useAccountStep(() =>
    answered(client.POST('/api/v1/accounts/{userId}/unlock', { params: path })),
  )
  if (!may(session, 'identity.manage_accounts')) return null
  const close = () => setAsked(undefined)
  const act = (reason: string) => {
    if (asked === 'enable') enable.mutate(reason, { onSuccess: close })
    else reset.mutate({ factor: asked === 'resetFactor', reason }, { onSuccess: close })
  }
  const active = account.state === 'active'
  return (
    <section style={{ marginTop: 24 }}>
      <h2 style={{ fontSize: 15 }}>{t('administration.acts')}</h2>
      <Space wrap>
        {account.lockedUntil ? (
          <Button type="primary" loading={unlock.isPending} onClick={() => unlock.mutate(undefined)}>
            {t('administration.unlock')}
          </Button>
        ) : null}
        {active ? <Button onClick={() => setAsked('reset')}>{t('administration.reset')}</Button> : null}
        {active && account.secondFactor ? (
          <Button onClick={() => setAsked('resetFactor')}>{t('administration.resetFactor')}</Button>
        ) : null}
        {account.state === 'disabled' ? (
          <Button onClick={() => setAsked('enable')}>{t('administration.enable')}</Button>
        ) : null}
        {active ? (
          <Button danger onClick={() => setAsked('departure')}>
            {t('administration.departure')}
          </Button>
        ) : null}
      </Space>
      {unlock.isError ? <ErrorState error={unlock.error} /> : null}
      {asked === 'departure' ? <DepartureModal account={account} onClose={close} /> : null}
      {asked && asked !== 'departure' ? (
        <ReasonModal
          title={t(`administration.${asked}`)}
          busy={reset.isPending || enable.isPending}
          error={asked === 'enable' ? enable.error : reset.error}
          onCancel={close}
          onReason={act}
        />
      ) : null}
      {reset.data ? <OneTimePassword password={reset.data.password} onClose={() => reset.reset()} /> : null}
    </section>
  )
}
