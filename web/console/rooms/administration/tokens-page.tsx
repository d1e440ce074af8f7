import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Popconfirm, Space } from 'antd'
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
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { NewTokenDrawer } from './new-token-drawer.tsx'
import { useTokenStep } from './use-token-step.ts'

export type ApiToken = components['schemas']['ApiToken']
export type TokenDataset = components['schemas']['TokenDataset']
type Tokens = { readonly items: readonly ApiToken[]; readonly datasets: readonly TokenDataset[] }

/** Of `YYYY-MM-DD` in an instant that is shown. */
const dateLength = 10

const tone = {
  requested: 'yellow',
  active: 'done',
  rejected: 'red',
  revoked: 'none',
  expired: 'none',
} as const

/** Tokens of machines that deliver data: the system administrator asks, the security administrator approves. */
export function TokensPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const address = useListAddress([])
  const [adding, setAdding] = useState(false)
  const [deciding, setDeciding] = useState<{ token: ApiToken; approve: boolean }>()
  const list = useQuery({
    queryKey: ['api-tokens'],
    queryFn: () => answered<Tokens>(client.GET('/api/v1/api-tokens')),
  })
  const datasets = list.data?.datasets ?? []
  const decide = useTokenStep(({ id, approve, reason }: { id: string; approve: boolean; reason: string }) =>
    answered(
      client.POST('/api/v1/api-tokens/{tokenId}/decision', {
        params: { path: { tokenId: id } },
        body: { approve, reason },
      }),
    ),
  )
  return (
    <>
      <ListPage<ApiToken, never>
        name="api-tokens"
        title={t('tokens.title')}
        address={address}
        fields={[]}
        columns={useColumns(datasets, (token, approve) => setDeciding({ token, approve }))}
        rowKey="tokenId"
        query={list}
        emptyText={t('tokens.empty')}
        actions={
          may(session, 'identity.manage_tokens') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('tokens.ask')}
            </Button>
          ) : null
        }
      />
      {adding ? <NewTokenDrawer datasets={datasets} onClose={() => setAdding(false)} /> : null}
      {deciding ? (
        <ReasonModal
          title={t(deciding.approve ? 'administration.approve' : 'administration.refuse')}
          note={`${deciding.token.name} · ${deciding.token.placeName ?? deciding.token.scope}`}
          danger={!deciding.approve}
          busy={decide.isPending}
          error={decide.error}
          onCancel={() => setDeciding(undefined)}
          onReason={(reason) =>
            decide.mutate(
              { id: deciding.token.tokenId, approve: deciding.approve, reason },
              { onSuccess: () => setDeciding(undefined) },
            )
          }
        />
      ) : null}
    </>
  )
}

/** A token that has run out is in force no more, whatever was decided. */
const standingOf = ({ state, expiresAt }: ApiToken) =>
  state === 'active' && new Date(expiresAt) <= new Date() ? 'expired' : state

function useColumns(
  datasets: readonly TokenDataset[],
  decide: (token: ApiToken, approve: boolean) => void,
): ListColumn<ApiToken>[] {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const titleOf = (name: string) => {
    const found = datasets.find((dataset) => dataset.name === name)
    return found ? inLanguage(found.title) : name
  }
  const columns: ListColumn<ApiToken>[] = [
    { key: 'name', title: t('tokens.name'), dataIndex: 'name', width: 160 },
    {
      key: 'state',
      title: t('administration.state'),
      width: 104,
      render: (_value, token) => (
        <StateTag tone={tone[standingOf(token)]}>{t(`tokens.states.${standingOf(token)}`)}</StateTag>
      ),
    },
    {
      key: 'place',
      title: t('tokens.organ'),
      width: 164,
      render: (_value, { placeName, scope }) => placeName ?? scope,
    },
    {
      key: 'datasets',
      title: t('tokens.datasets'),
      width: 160,
      render: (_value, token) => token.datasets.map(titleOf).join(t('tokens.and')),
    },
    {
      key: 'expiresAt',
      title: t('tokens.expiresAt'),
      width: 104,
      render: (_value, { expiresAt }) => shanghaiTime(expiresAt).slice(0, dateLength),
    },
    {
      key: 'requested',
      title: t('tokens.requested'),
      width: 136,
      render: (_value, { requestedByName, requestedAt }) => (
        <>
          <div>{requestedByName}</div>
          <div className="muted">{shanghaiTime(requestedAt)}</div>
        </>
      ),
    },
    {
      key: 'decidedBy',
      title: t('tokens.decidedBy'),
      width: 92,
      render: (_value, { decidedByName }) => decidedByName ?? '—',
    },
    {
      key: 'lastUsedAt',
      title: t('tokens.lastUsedAt'),
      width: 100,
      render: (_value, { lastUsedAt }) => (lastUsedAt ? shanghaiTime(lastUsedAt) : '—'),
    },
  ]
  const decides = may(session, 'identity.decide_tokens')
  const manages = may(session, 'identity.manage_tokens')
  if (!decides && !manages) return columns
  const mine = ({ requestedBy }: ApiToken) => requestedBy === session.user?.userId
  return [
    ...columns,
    {
      key: 'act',
      title: t('administration.decide'),
      width: 134,
      render: (_value, token) => {
        const standing = standingOf(token)
        return (
          <Space>
            {decides && standing === 'requested' && !mine(token) ? (
              <>
                <Button size="small" type="primary" onClick={() => decide(token, true)}>
                  {t('administration.approve')}
                </Button>
                <Button size="small" onClick={() => decide(token, false)}>
                  {t('administration.refuse')}
                </Button>
              </>
            ) : null}
            {manages && (standing === 'requested' || standing === 'active') ? <Revoke token={token} /> : null}
          </Space>
        )
      },
    },
  ]
}

function Revoke({ token }: { token: ApiToken }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const revoke = useTokenStep(() =>
    answered(client.DELETE('/api/v1/api-tokens/{tokenId}', { params: { path: { tokenId: token.tokenId } } })),
  )
  return (
    <Popconfirm
      title={t('tokens.revokeTitle', { name: token.name })}
      description={t('tokens.revokeWhy')}
      okText={t('tokens.revoke')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ danger: true }}
      onConfirm={() =>
        revoke.mutate(undefined, { onError: (error) => void message.error((error as Error).message) })
      }
    >
      <Button size="small" danger loading={revoke.isPending}>
        {t('tokens.revoke')}
      </Button>
    </Popconfirm>
  )
}
