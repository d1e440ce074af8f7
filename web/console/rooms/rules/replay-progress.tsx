import { Alert, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { hasEnded, type Replay } from './replay.ts'

/** How far a replay is, or why it has nothing to show and what to do. */
export function ReplayProgress({ replay }: { replay: Replay }) {
  const { t } = useTranslation()
  if (hasEnded(replay)) {
    return (
      <Alert
        style={{ marginBottom: 16, background: '#fff4db' }}
        type={replay.state === 'cancelled' ? 'info' : 'warning'}
        showIcon
        title={t(
          `replays.ended.${replay.state as 'failed' | 'timed_out' | 'too_many' | 'cancelled' | 'broken'}`,
        )}
        description={replay.fault}
      />
    )
  }
  return (
    <div className="panel" aria-live="polite">
      <div>{t(replay.stage ? `replays.stages.${replay.stage}` : 'replays.waits')}</div>
      <Progress percent={replay.percent} status="active" />
      <span className="muted">{t('replays.leave')}</span>
    </div>
  )
}
