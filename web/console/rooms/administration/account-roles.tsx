import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, ReasonModal } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import type { Account } from './account.ts'
import { useAccountStep } from './use-account-step.ts'
import { useRoleNames } from './use-role-names.ts'

type Holding = components['schemas']['RoleHolding']
type RoleRequest = components['schemas']['RoleRequest']

/** The roles of an account: held, asked for and past. Asked for here, approved by the security administrator. */
export function AccountRoles({ account }: { account: Account }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const { nameOf } = useRoleNames()
  const [asking, setAsking] = useState(false)
  const [ending, setEnding] = useState<Holding>()
  const { userId } = account
  const holdings = useQuery({
    queryKey: ['role-holdings', userId],
    queryFn: () =>
      answered<{ items: Holding[] }>(client.GET('/api/v1/role-holdings', { params: { query: { userId } } })),
  })
  const end = useAccountStep(({ holdingId, reason }: { holdingId: string; reason: string }) =>
    answered(
      client.POST('/api/v1/role-holdings/{holdingId}/end', {
        params: { path: { holdingId } },
        body: { reason },
      }),
    ),
  )
  return (
    <section>
      <h2 style={{ fontSize: 15 }}>{t('administration.roles')}</h2>
      {holdings.isError ? <ErrorState error={holdings.error} /> : null}
      {(holdings.data?.items ?? []).map((holding) => (
        <div key={holding.holdingId} className="row-line">
          <b>{nameOf(holding.role)}</b>
          <span>{t(`administration.holdingStates.${holding.state}`)}</span>
          <span className="muted" style={{ flex: 1 }}>
            {holding.reason}
          </span>
          {holding.state === 'active' && may(session, 'identity.end_roles') ? (
            <Button size="small" danger onClick={() => setEnding(holding)}>
              {t('administration.endRole')}
            </Button>
          ) : null}
        </div>
      ))}
      {may(session, 'identity.request_roles') && account.state === 'active' ? (
        <Space style={{ marginTop: 12 }}>
          <Button onClick={() => setAsking(true)}>{t('administration.askRole')}</Button>
        </Space>
      ) : null}
      {asking ? <AskRole userId={userId} onClose={() => setAsking(false)} /> : null}
      {ending ? (
        <ReasonModal
          title={t('administration.endRole')}
          note={nameOf(ending.role)}
          danger
          busy={end.isPending}
          error={end.error}
          onCancel={() => setEnding(undefined)}
          onReason={(reason) =>
            end.mutate({ holdingId: ending.holdingId, reason }, { onSuccess: () => setEnding(undefined) })
          }
        />
      ) : null}
    </section>
  )
}

function AskRole({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { options } = useRoleNames()
  const [form] = Form.useForm<RoleRequest>()
  const ask = useAccountStep((body: RoleRequest) =>
    answered(client.POST('/api/v1/accounts/{userId}/roles', { params: { path: { userId } }, body })),
  )
  return (
    <Modal
      open
      title={t('administration.askRole')}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      confirmLoading={ask.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="muted">{t('administration.askRoleWhy')}</p>
      <Form<RoleRequest>
        form={form}
        layout="vertical"
        onFinish={(body) => ask.mutate(body, { onSuccess: onClose })}
      >
        <Form.Item
          name="role"
          label={t('administration.role')}
          rules={[{ required: true, message: t('administration.missing') }]}
        >
          <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          rules={[{ required: true, min: 2, message: t('kit.reasonMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={300} showCount />
        </Form.Item>
      </Form>
      {ask.isError ? <ErrorState error={ask.error} /> : null}
    </Modal>
  )
}
