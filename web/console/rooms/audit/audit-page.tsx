import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
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
import { LogFiles } from './log-files.tsx'

type Entry = components['schemas']['AuditEntry']

const names = ['action', 'outcome', 'from', 'to', 'actor', 'objectKind', 'objectId'] as const
const outcomes = ['done', 'refused', 'failed'] as const
const tone: Readonly<Record<string, 'done' | 'yellow' | 'red'>> = {
  done: 'done',
  refused: 'yellow',
  failed: 'red',
}

/** The audit log: who did what, when, from where, and whether it was let through. */
export function AuditPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const [opened, setOpened] = useState<Entry>()
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['audit', conditions, cursor],
    queryFn: () =>
      answered<ListData<Entry>>(
        client.GET('/api/v1/audit', { params: { query: { ...conditions, cursor, limit: 50 } as never } }),
      ),
  })
  return (
    <>
      <ListPage<Entry, (typeof names)[number]>
        name="audit"
        title={t('audit.title')}
        address={address}
        fields={[
          { name: 'action', label: t('audit.action'), kind: 'text' },
          {
            name: 'outcome',
            label: t('audit.outcome'),
            kind: 'choice',
            options: outcomes.map((value) => ({ value, label: t(`audit.outcomes.${value}`) })),
          },
          { name: 'from', label: t('audit.from'), kind: 'date' },
          { name: 'to', label: t('audit.to'), kind: 'date' },
          { name: 'actor', label: t('audit.actorOrId'), kind: 'text' },
          { name: 'objectKind', label: t('audit.objectKind'), kind: 'text' },
          { name: 'objectId', label: t('audit.objectId'), kind: 'text' },
        ]}
        columns={useColumns()}
        rowKey="entryId"
        query={list}
        onOpen={setOpened}
        actions={
          <>
            <Checkpoint />
            <LogFiles />
          </>
        }
      />
      {opened ? <EntryDrawer entry={opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  )
}

function Checkpoint() {
  const { t } = useTranslation()
  const newest = useQuery({
    queryKey: ['audit', 'checkpoint'],
    queryFn: () =>
      answered<{ treeSize: number; sealedAt: string } | null>(client.GET('/api/v1/audit/checkpoint')),
  })
  if (!newest.data) return null
  const { treeSize, sealedAt } = newest.data
  return <span className="muted">{t('audit.sealed', { count: treeSize, at: shanghaiTime(sealedAt) })}</span>
}

function useColumns(): ListColumn<Entry>[] {
  const { t } = useTranslation()
  return [
    { key: 'at', title: t('audit.at'), width: 150, render: (_value, { at }) => shanghaiTime(at) },
    {
      key: 'action',
      title: t('audit.action'),
      width: 220,
      render: (_value, { action }) =>
        t(`audit.actions.${action.replaceAll('.', '_')}`, { defaultValue: action }),
    },
    {
      key: 'outcome',
      title: t('audit.outcome'),
      width: 84,
      render: (_value, { outcome }) => (
        <StateTag tone={tone[outcome] ?? 'done'}>
          {t(`audit.outcomes.${outcome}`, { defaultValue: outcome })}
        </StateTag>
      ),
    },
    {
      key: 'actor',
      title: t('audit.actor'),
      width: 120,
      render: (_value, { actorId, actorName }) =>
        actorName ? <span title={actorId}>{actorName}</span> : <ShortId id={actorId} />,
    },
    { key: 'address', title: t('audit.address'), dataIndex: 'address', width: 130 },
    {
      key: 'object',
      title: t('audit.object'),
      width: 200,
      render: (_value, { objectKind, objectId }) =>
        objectKind ? (
          <>
            {t(`audit.kinds.${objectKind}`, { defaultValue: objectKind })}{' '}
            {objectId ? <ShortId id={objectId} /> : null}
          </>
        ) : (
          '—'
        ),
    },
    { key: 'purpose', title: t('audit.purpose'), dataIndex: 'purpose', width: 210, ellipsis: true },
  ]
}

const shownEnd = 8

/** A long number by its end; the whole of it on pointing and in the entry. */
function ShortId({ id }: { id: string }) {
  return (
    <span title={id} className="numeric">
      {id.length > shownEnd + 4 ? `…${id.slice(-shownEnd)}` : id}
    </span>
  )
}

function EntryDrawer({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation()
  const rows: readonly (readonly [string, string])[] = [
    ['at', shanghaiTime(entry.at)],
    ['action', entry.action],
    ['actor', entry.actorName ?? '—'],
    ['actorId', entry.actorId],
    ['roles', entry.actorRoles],
    ['scope', entry.actorScope],
    ['address', entry.address ?? '—'],
    ['object', [entry.objectKind, entry.objectId].filter(Boolean).join(' ') || '—'],
    ['purpose', entry.purpose ?? '—'],
    ['leafIndex', entry.leafIndex === null ? t('audit.notSealed') : String(entry.leafIndex)],
  ]
  return (
    <Drawer open size={560} title={t('audit.entry')} onClose={onClose}>
      <dl className="facts">
        {rows.map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`audit.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>{t('audit.detail')}</dt>
        <dd>
          <pre className="source">{JSON.stringify(entry.detail, null, 2)}</pre>
        </dd>
      </dl>
    </Drawer>
  )
}
