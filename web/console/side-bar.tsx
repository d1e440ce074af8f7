import { Layout, Menu, type MenuProps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, matchPath, useLocation } from 'react-router'
import { type Place, placeGroups } from './places.tsx'

/** The rooms one may enter, by group; others are not even named. */
export function SideBar({ organName, open }: { organName: string; open: readonly Place[] }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [folded, setFolded] = useState(false)
  const here = open.find((place) => matchPath(place.path, pathname))
  const listed = open.filter((place) => place.group)
  const selected = listed.findLast(
    (place) => place.path === here?.path || (place.path !== '/' && pathname.startsWith(place.path)),
  )
  const items = placeGroups.flatMap((group): NonNullable<MenuProps['items']> => {
    const children = listed
      .filter((place) => place.group === group)
      .map((place) => ({
        key: place.path,
        icon: place.icon,
        label: <Link to={place.path}>{t(`shell.places.${place.title}`)}</Link>,
      }))
    if (children.length === 0) return []
    if (group === 'work' || folded) return children
    return [{ key: group, type: 'group' as const, label: t(`shell.groups.${group}`), children }]
  })
  return (
    <Layout.Sider
      width={208}
      collapsible
      breakpoint="lg"
      collapsedWidth={56}
      collapsed={folded}
      onCollapse={setFolded}
      className="no-print side-bar"
      aria-label={t('shell.menu')}
    >
      <div className={folded ? 'organ-name folded' : 'organ-name'} title={organName}>
        {folded ? organName.slice(0, 2) : organName}
      </div>
      <Menu theme="dark" mode="inline" selectedKeys={selected ? [selected.path] : []} items={items} />
    </Layout.Sider>
  )
}
