import { HistoryOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
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
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { hasEnded, type Replay, replayTone } from './replay.ts'

const names = ['rule'] as const
const renewWhileRunning = 3000

/** Replays of rules over past data, newest first, and the way to a new one. */
export function ReplaysPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const navigate = useNavigate()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['replays', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<Replay>>(
        client.GET('/api/v1/rule-replays', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
    refetchInterval: (query) =>
      query.state.data?.items.some((replay) => !hasEnded(replay)) ? renewWhileRunning : false,
  })
  return (
    <ListPage<Replay, (typeof names)[number]>
      name="replays"
      title={t('replays.title')}
      address={address}
      fields={[{ name: 'rule', label: t('replays.rule'), kind: 'text' }]}
      columns={useColumns()}
      rowKey="replayId"
      query={list}
      emptyText={t('replays.empty')}
      onOpen={({ replayId }) => navigate(`/rule-replays/${replayId}`)}
      actions={
        may(session, 'rules.replay') ? (
          <Button
            type="primary"
            icon={<HistoryOutlined />}
            onClick={() =>
              navigate(conditions.rule ? `/rule-replays/new?rule=${conditions.rule}` : '/rule-replays/new')
            }
          >
            {t('replays.new')}
          </Button>
        ) : null
      }
    />
  )
}

function useColumns(): ListColumn<Replay>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'rule',
      title: t('replays.rule'),
      width: 110,
      render: (_value, { replayId, rule }) => <Link to={`/rule-replays/${replayId}`}>{rule}</Link>,
    },
    { key: 'a', title: t('replays.sideA'), width: 220, render: (_value, { a }) => inLanguage(a.title) },
    { key: 'b', title: t('replays.sideB'), width: 220, render: (_value, { b }) => inLanguage(b.title) },
    {
      key: 'period',
      title: t('replays.period'),
      width: 210,
      render: (_value, { from, to }) => (
        <span className="numeric">
          {from} – {to}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('replays.state'),
      width: 120,
      render: (_value, { state }) => (
        <StateTag tone={replayTone[state]}>{t(`replays.states.${state}`)}</StateTag>
      ),
    },
    {
      key: 'requestedAt',
      title: t('replays.requestedAt'),
      width: 150,
      render: (_value, { requestedAt }) => shanghaiTime(requestedAt),
    },
  ]
}
