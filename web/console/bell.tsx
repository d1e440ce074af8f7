import { BellOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Popover } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../client/api.generated.ts'
import { answered, client, ErrorState, shanghaiTime } from '../kit/index.ts'
import { inLanguage } from './language.ts'

interface Notices {
  readonly items: readonly components['schemas']['Notice'][]
  readonly unread: number
}

const key = ['notices'] as const

/** The bell: what was told to the person, newest first, with the number of what is unread. */
export function Bell() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  useChanges()
  const notices = useQuery({
    queryKey: key,
    queryFn: () => answered<Notices>(client.GET('/api/v1/notices', { params: { query: { limit: 20 } } })),
  })
  const read = useMutation({
    mutationFn: (noticeIds?: string[]) =>
      answered(client.POST('/api/v1/notices/read', { body: noticeIds ? { noticeIds } : {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
  const unread = notices.data?.unread ?? 0
  const list = (
    <div className="notices">
      {notices.isError ? <ErrorState error={notices.error} /> : null}
      {notices.data?.items.length === 0 ? <p className="muted">{t('shell.bell.empty')}</p> : null}
      {notices.data?.items.map((notice) => (
        <Link
          key={notice.noticeId}
          to={notice.link}
          className={notice.readAt ? 'notice read' : 'notice'}
          onClick={() => {
            setOpen(false)
            read.mutate([notice.noticeId])
          }}
        >
          {inLanguage({ zh: notice.titleZh, en: notice.titleEn })}
          <span className="muted">{shanghaiTime(notice.postedAt)}</span>
        </Link>
      ))}
      {unread > 0 ? (
        <Button type="link" loading={read.isPending} onClick={() => read.mutate(undefined)}>
          {t('shell.bell.readAll')}
        </Button>
      ) : null}
    </div>
  )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('shell.bell.title')}
      content={list}
    >
      <Badge count={unread} size="small" overflowCount={99} offset={[-6, 6]}>
        <Button type="text" aria-label={t('shell.bell.label', { count: unread })} icon={<BellOutlined />} />
      </Badge>
    </Popover>
  )
}

/** Listens for what changed and reads anew what is on the screen; the stream carries no contents. */
function useChanges(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const stream = new EventSource('/api/v1/stream')
    const renew = (...keys: string[]) => {
      for (const name of keys) void queries.invalidateQueries({ queryKey: [name] })
    }
    stream.addEventListener('notices', () => renew('notices'))
    stream.addEventListener('alerts', () => renew('alerts', 'unit-alerts', 'boards'))
    stream.addEventListener('payment-requests', () => renew('payment-requests'))
    return () => stream.close()
  }, [queries])
}
