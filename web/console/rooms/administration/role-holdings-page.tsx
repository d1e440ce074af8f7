import { useQuery } from '@tanstack/react-query'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  ListPage,
  ReasonModal,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { useAccountStep } from './use-account-step.ts'
import { useRoleNames } from './use-role-names.ts'

type Holding = components['schemas']['RoleHolding']

const names = ['state'] as const
const states = ['requested', 'active', 'rejected', 'ended'] as const
const tone = { requested: 'yellow', active: 'done', rejected: 'red', ended: 'none' } as const

/** Roles that are asked for, held and past; the security administrator approves what the system administrator asks. */
export function RoleHoldingsPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const [deciding, setDeciding] = useState<{ holding: Holding; approve: boolean }>()
  const { nameOf } = useRoleNames()
  const { conditions } = address
  const list = useQuery({
    queryKey: ['role-holdings', 'list', conditions],
    queryFn: () =>
      answered<{ items: Holding[] }>(
        client.GET('/api/v1/role-holdings', { params: { query: conditions as never } }),
      ),
  })
  const decide = useAccountStep(({ id, approve, reason }: { id: string; approve: boolean; reason: string }) =>
    answered(
      client.POST('/api/v1/role-holdings/{holdingId}/decision', {
        params: { path: { holdingId: id } },
        body: { approve, reason },
      }),
    ),
  )
  return (
    <>
      <ListPage<Holding, (typeof names)[number]>
        name="role-holdings"
        title={t('administration.roleHoldings')}
        address={address}
        fields={[
          {
            name: 'state',
            label: t('administration.state'),
            kind: 'choice',
            options: states.map((value) => ({ value, label: t(`administration.holdingStates.${value}`) })),
          },
        ]}
        columns={useColumns(nameOf, (holding, approve) => setDeciding({ holding, approve }))}
        rowKey="holdingId"
        query={list}
      />
      {deciding ? (
        <ReasonModal
          title={t(deciding.approve ? 'administration.approve' : 'administration.refuse')}
          note={`${deciding.holding.displayName} · ${nameOf(deciding.holding.role)}`}
          danger={!deciding.approve}
          busy={decide.isPending}
          error={decide.error}
          onCancel={() => setDeciding(undefined)}
          onReason={(reason) =>
            decide.mutate(
              { id: deciding.holding.holdingId, approve: deciding.approve, reason },
              { onSuccess: () => setDeciding(undefined) },
            )
          }
        />
      ) : null}
    </>
  )
}

function useColumns(
  nameOf: (role: string) => string,
  decide: (holding: Holding, approve: boolean) => void,
): ListColumn<Holding>[] {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const columns: ListColumn<Holding>[] = [
    { key: 'displayName', title: t('administration.displayName'), dataIndex: 'displayName', width: 120 },
    { key: 'username', title: t('administration.username'), dataIndex: 'username', width: 140 },
    {
      key: 'role',
      title: t('administration.role'),
      width: 180,
      render: (_value, { role }) => nameOf(role),
    },
    {
      key: 'state',
      title: t('administration.state'),
      width: 120,
      render: (_value, { state }) => (
        <StateTag tone={tone[state]}>{t(`administration.holdingStates.${state}`)}</StateTag>
      ),
    },
    { key: 'reason', title: t('kit.reason'), dataIndex: 'reason', width: 280, ellipsis: true },
    {
      key: 'requestedAt',
      title: t('administration.requestedAt'),
      width: 150,
      render: (_value, { requestedAt }) => shanghaiTime(requestedAt),
    },
  ]
  if (!may(session, 'identity.decide_roles')) return columns
  return [
    ...columns,
    {
      key: 'decide',
      title: t('administration.decide'),
      width: 160,
      render: (_value, holding) =>
        holding.state === 'requested' ? (
          <Space>
            <Button size="small" type="primary" onClick={() => decide(holding, true)}>
              {t('administration.approve')}
            </Button>
            <Button size="small" onClick={() => decide(holding, false)}>
              {t('administration.refuse')}
            </Button>
          </Space>
        ) : null,
    },
  ]
}
