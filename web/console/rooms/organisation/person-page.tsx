import './organisation.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, ReasonModal, StateTag } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { holdingTone } from './posts-panel.tsx'

type PersonPosts = components['schemas']['PersonPosts']
type Unmasked = components['schemas']['UnmaskedPostHolder']

/** A person's posts over time, in one's own part of the tree; masked until unmasked with a reason. */
export function PersonPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const { personId = '' } = useParams()
  const [asking, setAsking] = useState(false)
  const params = { path: { personId } }
  const person = useQuery({
    queryKey: ['people', personId],
    queryFn: () => answered<PersonPosts>(client.GET('/api/v1/people/{personId}', { params })),
    // Every look is on record: none happens without being asked for.
    refetchOnWindowFocus: false,
  })
  const unmask = useMutation({
    mutationFn: (reason: string) =>
      answered<Unmasked>(client.POST('/api/v1/people/{personId}/unmask', { params, body: { reason } })),
    onSuccess: () => setAsking(false),
  })
  const shown = unmask.data ?? person.data
  return (
    <div className="page">
      <div className="page-head">
        <h1>{shown?.name ?? t('organisation.person')}</h1>
        <span className="note tabular">{shown?.number}</span>
        {may(session, 'organisation.unmask_people') ? (
          <span className="right no-print">
            <Button disabled={unmask.isSuccess} onClick={() => setAsking(true)}>
              {t('organisation.unmask')}
            </Button>
          </span>
        ) : null}
      </div>
      {person.isError ? (
        <ErrorState error={person.error} retry={() => void person.refetch()} />
      ) : person.data ? (
        <PostTable posts={person.data.posts} />
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} />
      )}
      {asking ? (
        <ReasonModal
          title={t('organisation.unmask')}
          busy={unmask.isPending}
          error={unmask.error}
          onCancel={() => setAsking(false)}
          onReason={(reason) => unmask.mutate(reason)}
        />
      ) : null}
    </div>
  )
}

function PostTable({ posts }: { posts: PersonPosts['posts'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel person-posts">
      <h2>{t('organisation.postsOverTime')}</h2>
      <Table
        size="small"
        rowKey="holdingId"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={posts}
        columns={[
          { title: t('organisation.from'), dataIndex: 'validFrom' },
          {
            title: t('organisation.until'),
            dataIndex: 'validTo',
            render: (day) => day ?? t('organisation.today'),
          },
          {
            title: t('organisation.place'),
            render: (_value, { unitCode, organCode, placeName }) =>
              unitCode ? (
                <Link to={`/units/${encodeURIComponent(unitCode)}`}>{placeName ?? unitCode}</Link>
              ) : (
                (placeName ?? organCode)
              ),
          },
          { title: t('organisation.post'), dataIndex: 'title' },
          {
            title: t('organisation.documentNo'),
            dataIndex: 'documentNo',
            render: (text) => text ?? '—',
          },
          {
            title: t('organisation.state'),
            dataIndex: 'state',
            render: (state: 'now' | 'past' | 'coming') => (
              <StateTag tone={holdingTone[state]}>{t(`organisation.holdingStates.${state}`)}</StateTag>
            ),
          },
        ]}
      />
    </section>
  )
}
