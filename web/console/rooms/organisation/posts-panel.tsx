import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Empty, Skeleton, Space, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, StateTag } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ClosePostModal, EndPostModal, GivePostModal, NewPostModal, type PostPlace } from './post-modals.tsx'

type Post = components['schemas']['Post']
type Holding = components['schemas']['PostHolding']
type Asked =
  | { readonly act: 'new' }
  | { readonly act: 'give' | 'close'; readonly post: Post }
  | { readonly act: 'end'; readonly post: Post; readonly holding: Holding }

/** A row for each holding of a post, and one for a post that nobody holds. */
interface Row {
  readonly key: string
  readonly post: Post
  readonly holding?: Holding
}

export const holdingTone = { now: 'done', past: 'none', coming: 'blue' } as const

/** The posts of a unit or an organ and who holds them; former holders on demand. */
export function PostsPanel({ place, open }: { place: PostPlace; open: boolean }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [former, setFormer] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const posts = useQuery({
    queryKey: ['posts', place],
    queryFn: () =>
      answered<{ items: readonly Post[] }>(client.GET('/api/v1/posts', { params: { query: place } })),
    // Every look is on record: none happens without being asked for.
    refetchOnWindowFocus: false,
  })
  const manage = open && may(session, 'organisation.manage_posts')
  const close = () => setAsked(undefined)
  return (
    <section className="panel">
      <h2>
        {t('organisation.posts')}
        {manage ? (
          <Button size="small" className="no-print" onClick={() => setAsked({ act: 'new' })}>
            {t('organisation.newPost')}
          </Button>
        ) : null}
        <Checkbox
          className="panel-switch no-print"
          checked={former}
          onChange={({ target }) => setFormer(target.checked)}
        >
          {t('organisation.formerHolders')}
        </Checkbox>
      </h2>
      {posts.isError ? (
        <ErrorState error={posts.error} retry={() => void posts.refetch()} />
      ) : posts.data ? (
        <PostTable rows={rowsOf(posts.data.items, former)} manage={manage} onAsk={setAsked} />
      ) : (
        <Skeleton active paragraph={{ rows: 4 }} />
      )}
      {asked?.act === 'new' ? <NewPostModal place={place} onClose={close} /> : null}
      {asked?.act === 'give' ? <GivePostModal post={asked.post} onClose={close} /> : null}
      {asked?.act === 'close' ? <ClosePostModal post={asked.post} onClose={close} /> : null}
      {asked?.act === 'end' ? (
        <EndPostModal post={asked.post} holding={asked.holding} onClose={close} />
      ) : null}
    </section>
  )
}

function rowsOf(posts: readonly Post[], former: boolean): Row[] {
  return posts
    .filter((post) => former || post.closedOn === null)
    .flatMap((post): Row[] => {
      const shown = post.holdings.filter(({ state }) => former || state !== 'past')
      if (shown.length === 0) return [{ key: post.postId, post }]
      return shown.map((holding) => ({ key: holding.holdingId, post, holding }))
    })
}

function PostTable(props: { rows: Row[]; manage: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation()
  return (
    <Table<Row>
      size="small"
      rowKey="key"
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      dataSource={props.rows}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('organisation.noPosts')} />,
      }}
      columns={[
        {
          title: t('organisation.post'),
          render: (_value, { post }) => (
            <>
              {post.title}
              {post.closedOn ? (
                <span className="muted"> {t('organisation.closedOn', { day: post.closedOn })}</span>
              ) : null}
            </>
          ),
        },
        {
          title: t('organisation.holder'),
          render: (_value, { holding }) =>
            holding ? (
              <Link to={`/people/${holding.personId}`}>{holding.name}</Link>
            ) : (
              <span className="muted">{t('organisation.vacant')}</span>
            ),
        },
        { title: t('organisation.number'), render: (_value, { holding }) => holding?.number },
        { title: t('organisation.from'), render: (_value, { holding }) => holding?.validFrom },
        {
          title: t('organisation.until'),
          render: (_value, { holding }) => holding && (holding.validTo ?? t('organisation.today')),
        },
        {
          title: t('organisation.state'),
          render: (_value, { holding }) =>
            holding ? (
              <StateTag tone={holdingTone[holding.state]}>
                {t(`organisation.holdingStates.${holding.state}`)}
              </StateTag>
            ) : null,
        },
        ...(props.manage
          ? [
              {
                title: '',
                className: 'no-print',
                render: (_value: unknown, { post, holding }: Row) => (
                  <Space size={4}>
                    {holding && holding.validTo === null ? (
                      <Button
                        size="small"
                        type="link"
                        onClick={() => props.onAsk({ act: 'end', post, holding })}
                      >
                        {t('organisation.endPost')}
                      </Button>
                    ) : null}
                    {post.closedOn === null ? (
                      <>
                        <Button size="small" type="link" onClick={() => props.onAsk({ act: 'give', post })}>
                          {t('organisation.givePost')}
                        </Button>
                        <Button
                          size="small"
                          type="link"
                          danger
                          onClick={() => props.onAsk({ act: 'close', post })}
                        >
                          {t('organisation.closePost')}
                        </Button>
                      </>
                    ) : null}
                  </Space>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
