import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  useListAddress,
} from '../../../kit/index.ts'
import { SlipDrawer } from './slip-drawer.tsx'

type Slip = components['schemas']['SupervisionSlip']

const names = ['state', 'overdue', 'subjectId'] as const
const states = ['issued', 'replied', 'accepted', 'withdrawn', 'ended'] as const
const tone = {
  issued: 'yellow',
  replied: 'blue',
  accepted: 'done',
  withdrawn: 'none',
  ended: 'none',
} as const

/** Supervision slips (督办单) that one has issued, must answer or watches over. */
export function SlipsPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const [params] = useSearchParams()
  const [opened, setOpened] = useState<string | undefined>(params.get('opened') ?? undefined)
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['supervision', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<Slip>>(
        client.GET('/api/v1/supervision', {
          params: { query: { ...conditions, cursor, limit: 50 } as never },
        }),
      ),
  })
  return (
    <>
      <ListPage<Slip, (typeof names)[number]>
        name="supervision"
        title={t('supervision.title')}
        address={address}
        fields={[
          {
            name: 'state',
            label: t('supervision.state'),
            kind: 'choice',
            options: states.map((value) => ({ value, label: t(`supervision.states.${value}`) })),
          },
          {
            name: 'overdue',
            label: t('supervision.term'),
            kind: 'choice',
            options: [{ value: 'true', label: t('supervision.overdue') }],
          },
        ]}
        columns={useColumns()}
        rowKey="slipId"
        query={list}
        emptyText={t('supervision.empty')}
        onOpen={(slip) => setOpened(slip.slipId)}
      />
      {opened ? <SlipDrawer slipId={opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  )
}

function useColumns(): ListColumn<Slip>[] {
  const { t } = useTranslation()
  return [
    { key: 'number', title: t('supervision.number'), dataIndex: 'number', width: 140 },
    {
      key: 'subjectTitle',
      title: t('supervision.subject'),
      dataIndex: 'subjectTitle',
      width: 280,
      ellipsis: true,
    },
    {
      key: 'state',
      title: t('supervision.state'),
      width: 110,
      render: (_value, { state }) => (
        <StateTag tone={tone[state]}>{t(`supervision.states.${state}`)}</StateTag>
      ),
    },
    { key: 'issuedOn', title: t('supervision.issuedOn'), dataIndex: 'issuedOn', width: 120 },
    {
      key: 'dueOn',
      title: t('supervision.dueOn'),
      width: 160,
      render: (_value, { dueOn, overdue }) =>
        overdue ? <StateTag tone="red">{t('supervision.overdueSince', { date: dueOn })}</StateTag> : dueOn,
    },
    { key: 'demand', title: t('supervision.demand'), dataIndex: 'demand', width: 300, ellipsis: true },
  ]
}
