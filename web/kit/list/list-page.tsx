import { PrinterOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Space, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../error-state.tsx'
import { ColumnChoice, type ListColumn, useHiddenColumns } from './column-choice.tsx'
import { type ConditionField, ConditionForm } from './condition-form.tsx'
import type { ListAddress } from './use-list-address.ts'
import { useListKeys } from './use-list-keys.ts'

export interface ListData<Item> {
  readonly items: readonly Item[]
  readonly next?: string | null
  readonly total?: { readonly count: number; readonly capped: boolean }
}

interface ListPageProps<Item, Name extends string> {
  /** The name under which the choice of columns is kept. */
  readonly name: string
  readonly title: string
  readonly fields: readonly ConditionField<Name>[]
  readonly address: ListAddress<Name>
  readonly columns: readonly ListColumn<Item>[]
  readonly rowKey: keyof Item & string
  readonly query: {
    readonly data: ListData<Item> | undefined
    readonly isPending: boolean
    readonly isError: boolean
    readonly error: unknown
    refetch(): unknown
  }
  /** Says what will appear here, where nothing was searched for. */
  readonly emptyText?: string
  readonly actions?: ReactNode
  /** Stands between the title and the search form. */
  readonly above?: ReactNode
  onOpen?(item: Item): void
}

/**
 * A list as every room shows it: title and total, search form, table with sticky header and first column, pages by
 * cursor. A row opens by click, by Enter, or by j, k and o.
 */
export function ListPage<Item extends object, Name extends string>(props: ListPageProps<Item, Name>) {
  const { t } = useTranslation()
  const { query, columns, onOpen } = props
  const [hidden, setHidden] = useHiddenColumns(props.name)
  const [current, setCurrent] = useState(-1)
  const items = query.data?.items ?? []
  useListKeys({
    length: items.length,
    current,
    onMove: setCurrent,
    onOpen: (at) => items[at] && onOpen?.(items[at]),
  })
  const total = query.data?.total
  return (
    <div className="page">
      <div className="page-head">
        <h1>{props.title}</h1>
        <span className="note" aria-live="polite">
          {total ? t(total.capped ? 'kit.list.totalCapped' : 'kit.list.total', { count: total.count }) : ''}
        </span>
        <div className="right no-print">
          {props.actions}
          <ColumnChoice columns={columns} hidden={hidden} onChange={setHidden} />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('kit.list.print')}
          </Button>
          <Button icon={<ReloadOutlined />} onClick={() => void query.refetch()}>
            {t('kit.list.refresh')}
          </Button>
        </div>
      </div>
      {props.above}
      {props.fields.length > 0 ? <ConditionForm fields={props.fields} address={props.address} /> : null}
      <div className="panel">
        {query.isError ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Table<Item>
            size="small"
            rowKey={props.rowKey}
            columns={shownColumns(columns, hidden)}
            dataSource={[...items]}
            loading={query.isPending}
            pagination={false}
            scroll={{ x: widthOf(shownColumns(columns, hidden)) }}
            sticky
            locale={{ emptyText: props.emptyText ?? t('kit.list.empty') }}
            rowClassName={(_item, index) => (index === current ? 'current-row' : '')}
            onRow={(item, index) => ({
              onClick: (event) => {
                setCurrent(index ?? -1)
                if (!(event.target as HTMLElement).closest('a, button, input')) onOpen?.(item)
              },
              style: onOpen ? { cursor: 'pointer' } : undefined,
            })}
          />
        )}
        <ListPager address={props.address} next={query.data?.next ?? undefined} />
      </div>
    </div>
  )
}

function shownColumns<Item>(columns: readonly ListColumn<Item>[], hidden: readonly string[]) {
  return columns
    .filter((column) => !hidden.includes(column.key))
    .map((column, index) => (index === 0 ? { ...column, fixed: 'left' as const } : column))
}

/** Where every column says its width long texts end in dots; otherwise the table is as wide as its texts. */
function widthOf<Item>(columns: readonly ListColumn<Item>[]): number | 'max-content' {
  const widths = columns.map(({ width }) => width)
  const known = widths.filter((width) => typeof width === 'number')
  return known.length === widths.length ? known.reduce((sum, width) => sum + width, 0) : 'max-content'
}

/** Pages by cursor: back and forth; nothing is shown where one page holds all. */
export function ListPager({ address, next }: { address: ListAddress<string>; next: string | undefined }) {
  const { t } = useTranslation()
  if (address.onFirst && !next) return null
  return (
    <Space className="no-print" style={{ marginTop: 12 }}>
      <Button disabled={address.onFirst} onClick={address.back}>
        {t('kit.list.back')}
      </Button>
      <Button disabled={!next} onClick={() => next && address.forward(next)}>
        {t('kit.list.more')}
      </Button>
    </Space>
  )
}
