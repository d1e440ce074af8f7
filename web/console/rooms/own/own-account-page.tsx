import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { useCurrentSession } from '../../session-context.ts'
import { PasswordPanel } from './password-panel.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'

type OpenSession = components['schemas']['OpenSession']

/** My account: who I am here, my password, my second factor, and where I am signed in. */
export function OwnAccountPage() {
  const { t } = useTranslation()
  const { user, roles } = useCurrentSession()
  return (
    <div className="page" style={{ maxWidth: 960 }}>
      <div className="page-head">
        <h1>{t('own.title')}</h1>
      </div>
      <div className="panel">
        <dl className="facts">
          <dt>{t('own.name')}</dt>
          <dd>{user?.displayName}</dd>
          <dt>{t('own.username')}</dt>
          <dd>{user?.username}</dd>
          <dt>{t('own.place')}</dt>
          <dd>{user?.placeName ?? '—'}</dd>
          <dt>{t('own.roles')}</dt>
          <dd>{(roles ?? []).map(inLanguage).join('、')}</dd>
          <dt>{t('own.passwordSetAt')}</dt>
          <dd>{user?.passwordSetAt ? shanghaiTime(user.passwordSetAt) : '—'}</dd>
        </dl>
      </div>
      <PasswordPanel />
      <SecondFactorPanel on={user?.secondFactor ?? false} />
      <SessionsPanel />
    </div>
  )
}

function SessionsPanel() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const sessions = useQuery({
    queryKey: ['own', 'sessions'],
    queryFn: () => answered<{ items: OpenSession[] }>(client.GET('/api/v1/session/sessions')),
  })
  const end = async (sessionId?: string) => {
    setError(undefined)
    try {
      await answered(
        client.DELETE('/api/v1/session/sessions', { params: { query: sessionId ? { sessionId } : {} } }),
      )
      await queries.invalidateQueries({ queryKey: ['own', 'sessions'] })
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <div className="panel">
      <h2>{t('own.sessions')}</h2>
      {sessions.isError ? <ErrorState error={sessions.error} /> : null}
      {error ? <ErrorState error={error} /> : null}
      <Table<OpenSession>
        size="small"
        rowKey="sessionId"
        pagination={false}
        loading={sessions.isPending}
        scroll={{ x: 'max-content' }}
        dataSource={sessions.data?.items ?? []}
        columns={[
          {
            key: 'startedAt',
            title: t('own.startedAt'),
            width: 160,
            render: (_v, s) => shanghaiTime(s.startedAt),
          },
          {
            key: 'lastSeenAt',
            title: t('own.lastSeenAt'),
            width: 160,
            render: (_v, s) => shanghaiTime(s.lastSeenAt),
          },
          { key: 'address', title: t('own.address'), dataIndex: 'address', width: 140 },
          { key: 'agent', title: t('own.agent'), dataIndex: 'agent', width: 280, ellipsis: true },
          {
            key: 'act',
            title: '',
            width: 120,
            render: (_v, { present, sessionId }) =>
              present ? (
                <StateTag tone="done">{t('own.present')}</StateTag>
              ) : (
                <Button size="small" onClick={() => void end(sessionId)}>
                  {t('own.end')}
                </Button>
              ),
          },
        ]}
      />
      {(sessions.data?.items.length ?? 0) > 1 ? (
        <Button style={{ marginTop: 12 }} onClick={() => void end()}>
          {t('own.endOthers')}
        </Button>
      ) : null}
    </div>
  )
}
