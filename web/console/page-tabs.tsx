import { useQueryClient } from '@tanstack/react-query'
import { Dropdown, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OpenPage, OpenPages } from './use-open-pages.ts'

/** The open pages as tabs; the right button offers to reload one, to close it, or to close the others. */
export function PageTabs({ open }: { open: OpenPages }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const several = open.pages.length > 1
  const acts = (page: OpenPage) => [
    {
      key: 'reload',
      label: t('shell.tabs.reload'),
      onClick: () => {
        void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
        open.reload(page.path)
      },
    },
    { key: 'close', label: t('shell.tabs.close'), disabled: !several, onClick: () => open.close(page.path) },
    {
      key: 'others',
      label: t('shell.tabs.closeOthers'),
      disabled: !several,
      onClick: () => open.closeOthers(page.path),
    },
  ]
  return (
    <Tabs
      className="no-print page-tabs"
      type="editable-card"
      hideAdd
      size="small"
      activeKey={open.current}
      items={open.pages.map((page) => ({
        key: page.path,
        label: (
          <Dropdown trigger={['contextMenu']} menu={{ items: acts(page) }}>
            <span>{t(`shell.places.${page.title}`) + suffix(page)}</span>
          </Dropdown>
        ),
        closable: several,
      }))}
      onChange={open.show}
      onEdit={(path, action) => {
        if (action === 'remove') open.close(String(path))
      }}
    />
  )
}

/** What tells two pages of one kind apart: the number of the record, or the end of its address. */
function suffix({ path, ofRecord, name }: OpenPage): string {
  if (name) return ` ${name}`
  if (!ofRecord) return ''
  // A sheet of a record lies below it: /alerts/…/request.
  const record = path.split('/').findLast((part) => /\d/.test(part)) ?? path
  return ` ${record.slice(-4)}`
}
