import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Space, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answered, client, ErrorState, ReasonModal, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ChangeList } from './change-list.tsx'
import { proposalTone, type RuleProposal } from './rule.ts'
import { useRule } from './use-rules.ts'

type Step = 'approve' | 'reject' | 'withdraw'

const homes = {
  rule: (object: string) => `/rules/${object}`,
  keyword_group: (object: string) => `/keywords?group=${object}`,
  grading: (object: string) => `/decision-tables?pack=${object}`,
} as const

/** One change: what differs, why, and the decision on it. */
export function ProposalDrawer({ proposalId, onClose }: { proposalId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const proposal = useQuery({
    queryKey: ['rules', 'proposal', proposalId],
    queryFn: () =>
      answered<RuleProposal>(
        client.GET('/api/v1/rule-proposals/{proposalId}', { params: { path: { proposalId } } }),
      ),
  })
  const { data } = proposal
  return (
    <Drawer
      open
      size={820}
      title={data ? inLanguage(data.title) : t('rules.proposals')}
      onClose={onClose}
      footer={data?.state === 'waiting' ? <Decisions proposal={data} onDone={onClose} /> : undefined}
    >
      {proposal.isPending ? <Spin className="page-spin" /> : null}
      {proposal.isError ? <ErrorState error={proposal.error} /> : null}
      {data ? <Content proposal={data} /> : null}
    </Drawer>
  )
}

function Content({ proposal }: { proposal: RuleProposal }) {
  const { t } = useTranslation()
  const rule = useRule(proposal.object, proposal.kind === 'rule')
  return (
    <>
      <p className="sentence">{proposal.reason}</p>
      <dl className="facts">
        <dt>{t('rules.state')}</dt>
        <dd>
          <StateTag tone={proposalTone[proposal.state]}>
            {t(`rules.proposalStates.${proposal.state}`)}
          </StateTag>
        </dd>
        <dt>{t('rules.effectiveFrom')}</dt>
        <dd>{proposal.effectiveFrom}</dd>
        <dt>{t('rules.drawnUpOn')}</dt>
        <dd>
          {proposal.baseVersion === 0
            ? t('rules.asShipped')
            : t('rules.versionNumber', { number: proposal.baseVersion })}{' '}
          <Link to={homes[proposal.kind](proposal.object)}>{t('rules.look')}</Link>
        </dd>
        <dt>{t('rules.proposer')}</dt>
        <dd>
          {proposal.proposedBy.name} {shanghaiTime(proposal.proposedAt)}
        </dd>
        {proposal.decidedBy ? (
          <>
            <dt>{t('rules.decider')}</dt>
            <dd>
              {proposal.decidedBy.name} {shanghaiTime(proposal.decidedAt ?? '')}
            </dd>
            <dt>{t('rules.decision')}</dt>
            <dd>{proposal.decision ?? '—'}</dd>
          </>
        ) : null}
      </dl>
      <h3>{t('rules.whatChanges')}</h3>
      <ChangeList changes={proposal.changes} parameters={rule.data?.parameters ?? []} />
    </>
  )
}

function Decisions({ proposal, onDone }: { proposal: RuleProposal; onDone: () => void }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [asking, setAsking] = useState<Step>()
  const decide = useMutation({
    mutationFn: ({ step, reason }: { step: Step; reason: string }) =>
      answered(
        client.POST(`/api/v1/rule-proposals/{proposalId}/${step}`, {
          params: { path: { proposalId: proposal.proposalId } },
          body: { reason },
        }),
      ),
    onSuccess: async (_data, { step }) => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      void message.success(t(`rules.done.${step}`))
      onDone()
    },
  })
  const mayDecide = may(session, 'rules.decide') && !proposal.own
  return (
    <Space>
      {mayDecide ? (
        <>
          <Button type="primary" onClick={() => setAsking('approve')}>
            {t('rules.steps.approve')}
          </Button>
          <Button danger onClick={() => setAsking('reject')}>
            {t('rules.steps.reject')}
          </Button>
        </>
      ) : null}
      {proposal.own ? (
        <Button onClick={() => setAsking('withdraw')}>{t('rules.steps.withdraw')}</Button>
      ) : null}
      {!mayDecide ? <span className="muted">{t('rules.byAnother')}</span> : null}
      {asking ? (
        <ReasonModal
          title={t(`rules.steps.${asking}`)}
          note={t(`rules.stepMeans.${asking}`)}
          danger={asking === 'reject'}
          busy={decide.isPending}
          error={decide.error ?? undefined}
          onCancel={() => {
            decide.reset()
            setAsking(undefined)
          }}
          onReason={(reason) => decide.mutate({ step: asking, reason })}
        />
      ) : null}
    </Space>
  )
}
