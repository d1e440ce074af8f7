import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { answered, client, ErrorState, ReasonModal } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import type { ComposedVersion } from './composed-rule.ts'

type Step = 'propose' | 'withdraw' | 'approve' | 'reject' | 'end'

/** The steps that are open to the person on the rule as it stands. */
export function ComposedActions({ versions }: { versions: readonly ComposedVersion[] }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Step>()
  const newest = versions[0]!
  const { code, state, own } = newest
  const live = versions.find((version) => version.state === 'live')
  const take = useMutation({
    mutationFn: ({ step, reason }: { step: Step; reason: string }) =>
      send(code, step === 'end' ? (live?.version ?? 0) : newest.version, step, reason),
    onSuccess: async () => {
      setAsking(undefined)
      await queries.invalidateQueries({ queryKey: ['composed-rules'] })
    },
  })
  const composes = may(session, 'rules.compose')
  const decides = may(session, 'rules.decide_composed') && !own
  const open: readonly [Step, boolean][] = [
    ['propose', composes && state === 'draft'],
    ['withdraw', composes && own && state === 'trial'],
    ['reject', decides && state === 'trial'],
    ['approve', decides && state === 'trial'],
    ['end', may(session, 'rules.decide_composed') && live !== undefined && state !== 'trial'],
  ]
  const weight = { propose: 'primary', approve: 'primary' } as const
  return (
    <div className="right no-print">
      {may(session, 'rules.replay') ? (
        <Button onClick={() => navigate(`/rule-replays/new?rule=${code}`)}>{t('composed.replay')}</Button>
      ) : null}
      {composes && state !== 'trial' ? (
        <Button onClick={() => navigate(`/composed-rules/${code}/edit`)}>
          {t(state === 'draft' ? 'composed.edit' : 'composed.nextVersion')}
        </Button>
      ) : null}
      {open.map(([step, isOpen]) =>
        isOpen ? (
          <Button
            key={step}
            type={weight[step as 'propose'] ?? 'default'}
            danger={step === 'end' || step === 'reject'}
            onClick={() => {
              take.reset()
              setAsking(step)
            }}
          >
            {t(`composed.acts.${step}`)}
          </Button>
        ) : null,
      )}
      {asking ? (
        <ReasonModal
          title={t(`composed.acts.${asking}`)}
          note={t(`composed.actNotes.${asking}`)}
          danger={asking === 'end' || asking === 'reject'}
          busy={take.isPending}
          error={take.error ?? undefined}
          onCancel={() => setAsking(undefined)}
          onReason={(reason) => take.mutate({ step: asking, reason })}
        />
      ) : null}
      {take.error && !asking ? <ErrorState error={take.error} /> : null}
    </div>
  )
}

/** @param version the one that is decided on or ended, as it is on the screen */
function send(code: string, version: number, step: Step, reason: string): Promise<unknown> {
  const params = { path: { code } }
  switch (step) {
    case 'propose':
      return answered(client.POST('/api/v1/composed-rules/{code}/propose', { params, body: { reason } }))
    case 'withdraw':
      return answered(client.POST('/api/v1/composed-rules/{code}/withdraw', { params }))
    case 'approve':
      return answered(
        client.POST('/api/v1/composed-rules/{code}/approve', { params, body: { version, decision: reason } }),
      )
    case 'reject':
      return answered(
        client.POST('/api/v1/composed-rules/{code}/reject', { params, body: { version, reason } }),
      )
    case 'end':
      return answered(client.POST('/api/v1/composed-rules/{code}/end', { params, body: { version, reason } }))
  }
}
