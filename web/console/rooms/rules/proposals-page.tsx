import './rules.css'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
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
import { ProposalDrawer } from './proposal-drawer.tsx'
import { proposalTone, type RuleProposal } from './rule.ts'

const names = ['state', 'opened'] as const

/** Changes of rules: those that wait for a decision, and those that were decided. */
export function ProposalsPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const state = conditions.state === 'decided' ? 'decided' : 'waiting'
  const list = useQuery({
    queryKey: ['rules', 'proposals', state, cursor],
    queryFn: () =>
      answered<ListData<RuleProposal>>(
        client.GET('/api/v1/rule-proposals', {
          params: { query: { state, limit: 50, ...(cursor ? { cursor } : {}) } },
        }),
      ),
  })
  const open = (proposalId?: string) =>
    address.narrow({ state, ...(proposalId ? { opened: proposalId } : {}) })
  return (
    <>
      <ListPage<RuleProposal, (typeof names)[number]>
        name="rule-proposals"
        title={t('rules.proposals')}
        address={address}
        fields={[]}
        columns={useColumns()}
        rowKey="proposalId"
        query={list}
        emptyText={t(state === 'waiting' ? 'rules.nothingWaits' : 'rules.nothingDecided')}
        onOpen={({ proposalId }) => open(proposalId)}
        actions={
          <Segmented
            value={state}
            onChange={(next) => address.narrow({ state: next })}
            options={[
              { value: 'waiting', label: t('rules.waitingOnes') },
              { value: 'decided', label: t('rules.decidedOnes') },
            ]}
          />
        }
      />
      {conditions.opened ? <ProposalDrawer proposalId={conditions.opened} onClose={() => open()} /> : null}
    </>
  )
}

function useColumns(): ListColumn<RuleProposal>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'title',
      title: t('rules.subject'),
      width: 300,
      render: (_value, { title }) => inLanguage(title),
    },
    {
      key: 'changes',
      title: t('rules.changeCount'),
      width: 100,
      align: 'right',
      render: (_value, { changes }) => changes.length,
    },
    { key: 'reason', title: t('kit.reason'), dataIndex: 'reason', width: 320, ellipsis: true },
    {
      key: 'effectiveFrom',
      title: t('rules.effectiveFrom'),
      width: 130,
      render: (_value, { effectiveFrom }) => effectiveFrom,
    },
    {
      key: 'proposedBy',
      title: t('rules.proposer'),
      width: 240,
      render: (_value, { proposedBy, proposedAt }) => (
        <>
          {proposedBy.name} <span className="muted">{shanghaiTime(proposedAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('rules.state'),
      width: 110,
      render: (_value, { state }) => (
        <StateTag tone={proposalTone[state]}>{t(`rules.proposalStates.${state}`)}</StateTag>
      ),
    },
    {
      key: 'decidedBy',
      title: t('rules.decider'),
      width: 240,
      render: (_value, { decidedBy, decidedAt }) =>
        decidedBy ? (
          <>
            {decidedBy.name} <span className="muted">{shanghaiTime(decidedAt ?? '')}</span>
          </>
        ) : (
          <span className="muted">—</span>
        ),
    },
  ]
}
