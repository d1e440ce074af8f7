import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { hasEnded, type Replay } from './replay.ts'

/** Cancel what runs; run again what has ended. */
export function ReplayActions({ replay }: { replay: Replay }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const path = { params: { path: { replayId: replay.replayId } } }
  const cancel = useMutation({
    mutationFn: () => answered<Replay>(client.POST('/api/v1/rule-replays/{replayId}/cancel', path)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['replays'] }),
  })
  const again = useMutation({
    mutationFn: () => answered<Replay>(client.POST('/api/v1/rule-replays/{replayId}/again', path)),
    onSuccess: ({ replayId }) => navigate(`/rule-replays/${replayId}`),
  })
  if (!may(session, 'rules.replay')) return null
  const failed = cancel.error ?? again.error
  return (
    <div className="right no-print">
      {failed ? <ErrorState error={failed} /> : null}
      {hasEnded(replay) ? (
        <>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            {t('replays.again')}
          </Button>
          <Button type="primary" onClick={() => navigate(`/rule-replays/new?like=${replay.replayId}`)}>
            {t('replays.vary')}
          </Button>
        </>
      ) : (
        <Button danger loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('replays.cancel')}
        </Button>
      )}
    </div>
  )
}
