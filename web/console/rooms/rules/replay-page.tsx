import { useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { answered, client, ErrorState, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { hasEnded, type Replay, replayTone } from './replay.ts'
import './replay.css'
import { ReplayActions } from './replay-actions.tsx'
import { ReplayOutcome } from './replay-outcome.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import { ReplaySides } from './replay-sides.tsx'

const renewWhileRunning = 1000

/** One replay: both versions beside each other, and what would come, go and stay. */
export function ReplayPage() {
  const { t } = useTranslation()
  const { replayId = '' } = useParams()
  const replay = useQuery({
    queryKey: ['replays', 'detail', replayId],
    queryFn: () =>
      answered<Replay>(client.GET('/api/v1/rule-replays/{replayId}', { params: { path: { replayId } } })),
    refetchInterval: (query) => (query.state.data && !hasEnded(query.state.data) ? renewWhileRunning : false),
  })
  if (replay.isPending) return <Spin className="page-spin" />
  if (replay.isError) {
    return (
      <div className="page">
        <ErrorState error={replay.error} retry={() => void replay.refetch()} />
      </div>
    )
  }
  const { data } = replay
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('replays.heading', { rule: data.rule })}</h1>
        <StateTag tone={replayTone[data.state]}>{t(`replays.states.${data.state}`)}</StateTag>
        <span className="note">
          {t('replays.over', { from: data.from, to: data.to })} · {shanghaiTime(data.requestedAt)}
        </span>
        <ReplayActions replay={data} />
      </div>
      {data.state === 'done' ? null : <ReplayProgress replay={data} />}
      <ReplaySides replay={data} />
      {data.state === 'done' ? <ReplayOutcome replayId={replayId} /> : null}
    </div>
  )
}
