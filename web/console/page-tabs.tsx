import { Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchPath, useLocation, useNavigate } from 'react-router'
import type { Place } from './places.tsx'

interface OpenTab {
  /** The address without what the list was narrowed by: one tab for one page. */
  readonly path: string
  /** The whole address, so that a page comes back as it was left. */
  readonly address: string
  readonly title: string
}

const mostTabs = 12

/** The pages that were opened, as tabs. A page is left and found again with its conditions, which live in its address. */
export function PageTabs({ open }: { open: readonly Place[] }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const [tabs, setTabs] = useState<readonly OpenTab[]>([])
  const place = open.find((candidate) => matchPath(candidate.path, pathname))
  const title = place?.title

  useEffect(() => {
    if (!title) return
    const tab = { path: pathname, address: pathname + search, title }
    setTabs((before) => {
      const known = before.some((other) => other.path === pathname)
      if (known) return before.map((other) => (other.path === pathname ? tab : other))
      return [...before, tab].slice(-mostTabs)
    })
  }, [pathname, search, title])

  const close = (path: string) => {
    const index = tabs.findIndex((tab) => tab.path === path)
    const rest = tabs.filter((tab) => tab.path !== path)
    setTabs(rest)
    if (path === pathname) navigate((rest[index] ?? rest[index - 1])?.address ?? '/')
  }

  return (
    <Tabs
      className="no-print"
      type="editable-card"
      hideAdd
      size="small"
      activeKey={pathname}
      tabBarStyle={{ margin: '8px 20px 0' }}
      items={tabs.map((tab) => ({
        key: tab.path,
        label: t(`shell.places.${tab.title}`) + (tab.title === 'alert' ? ` ${tab.path.slice(-4)}` : ''),
        closable: tabs.length > 1,
      }))}
      onChange={(path) => navigate(tabs.find((tab) => tab.path === path)?.address ?? path)}
      onEdit={(path, action) => {
        if (action === 'remove') close(String(path))
      }}
    />
  )
}
