import './libraries.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Empty, Form, Input, Space, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { ErrorState } from '../../../kit/index.ts'
import { posted } from './posted.ts'
import { WatchPersonDrawer } from './watch-person-drawer.tsx'

type WatchPerson = components['schemas']['WatchPerson']
interface Page {
  readonly items: readonly WatchPerson[]
  readonly next: string | null
}
interface Search {
  readonly reason: string
  readonly text?: string
  readonly unit?: string
}

/** The watch list: nothing is shown before somebody has said why; what was asked for is in no address and no bookmark. */
export function WatchListPage() {
  const { t } = useTranslation()
  const [search, setSearch] = useState<Search>()
  const [opened, setOpened] = useState<string>()
  const found = useInfiniteQuery({
    queryKey: ['watch-list', search],
    enabled: search !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      posted<Page>('/api/v1/watch-list/search', { ...search, ...(pageParam ? { cursor: pageParam } : {}) }),
    getNextPageParam: (page) => page.next ?? undefined,
    // Every look is on record: none happens without being asked for.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('libraries.watchList.title')}</h1>
        <span className="note">{t('libraries.watchList.note')}</span>
      </div>
      <SearchForm onSearch={setSearch} />
      <div className="panel">
        {found.isError ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : search === undefined ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('libraries.watchList.before')} />
        ) : (
          <>
            <PersonTable
              rows={found.data?.pages.flatMap((page) => page.items) ?? []}
              loading={found.isFetching}
              onOpen={setOpened}
            />
            {found.hasNextPage ? (
              <Button style={{ marginTop: 12 }} onClick={() => void found.fetchNextPage()}>
                {t('libraries.watchList.more')}
              </Button>
            ) : null}
          </>
        )}
      </div>
      {opened && search ? (
        <WatchPersonDrawer
          key={opened}
          personKey={opened}
          reason={search.reason}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </div>
  )
}

function SearchForm({ onSearch }: { onSearch: (search: Search) => void }) {
  const { t } = useTranslation()
  return (
    <Form<Search>
      className="panel no-print conditions"
      layout="vertical"
      onFinish={({ reason, text, unit }) =>
        onSearch({ reason, ...(text ? { text } : {}), ...(unit ? { unit } : {}) })
      }
    >
      <div className="watch-search asked-why">
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('kit.reasonMissing') }]}
        >
          <Input maxLength={300} placeholder={t('libraries.watchList.reasonHint')} />
        </Form.Item>
        <Form.Item name="text" label={t('libraries.watchList.text')}>
          <Input allowClear maxLength={40} />
        </Form.Item>
        <Form.Item name="unit" label={t('libraries.unitCode')}>
          <Input allowClear maxLength={32} />
        </Form.Item>
        <Space>
          <Button type="primary" htmlType="submit">
            {t('kit.list.search')}
          </Button>
        </Space>
      </div>
    </Form>
  )
}

function PersonTable(props: {
  rows: readonly WatchPerson[]
  loading: boolean
  onOpen: (personKey: string) => void
}) {
  const { t } = useTranslation()
  return (
    <Table<WatchPerson>
      size="small"
      rowKey={(row) => `${row.personKey} ${row.unitCode} ${row.validFrom}`}
      pagination={false}
      loading={props.loading}
      scroll={{ x: 'max-content' }}
      dataSource={[...props.rows]}
      locale={{ emptyText: t('libraries.watchList.empty') }}
      columns={[
        {
          title: t('libraries.name'),
          dataIndex: 'name',
          render: (name, row) => (
            <Button
              type="link"
              size="small"
              style={{ padding: 0 }}
              onClick={() => props.onOpen(row.personKey)}
            >
              {name}
            </Button>
          ),
        },
        { title: t('libraries.number'), dataIndex: 'number' },
        { title: t('libraries.unit'), render: (_value, row) => row.unitName ?? row.unitCode },
        { title: t('libraries.post'), dataIndex: 'post' },
        { title: t('libraries.rank'), dataIndex: 'rank' },
        { title: t('libraries.validFrom'), dataIndex: 'validFrom' },
        {
          title: t('libraries.validTo'),
          dataIndex: 'validTo',
          render: (day) => day ?? t('libraries.stillValid'),
        },
        { title: t('libraries.relatives'), dataIndex: 'relatives', align: 'right' },
      ]}
    />
  )
}
