import { Layout, Menu, Result, Spin } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, matchPath, Route, Routes, useLocation } from 'react-router'
import { shanghaiTime, useWatermark } from '../kit/index.ts'
import { PageTabs } from './page-tabs.tsx'
import { places } from './places.tsx'
import { may, type Session, type SignedInUser } from './session.ts'
import { SessionContext } from './session-context.ts'
import { TopBar } from './top-bar.tsx'

/** The console around every page: banner, side bar, top bar, tabs, watermark. */
export function Shell({ session, user }: { session: Session; user: SignedInUser }) {
  const { t } = useTranslation()
  const [largeText, setLargeText] = useState(localStorage.getItem('qingfeng-text') === 'large')
  const mark = [user.displayName, user.staffNo?.slice(-4), user.placeName].filter(Boolean).join(' ')
  useWatermark(`${mark} ${shanghaiTime(new Date().toISOString()).slice(0, 13)}时`)
  const open = places.filter((place) => !place.permission || may(session, place.permission))
  const toggleText = () => {
    localStorage.setItem('qingfeng-text', largeText ? 'normal' : 'large')
    setLargeText(!largeText)
  }
  return (
    <SessionContext value={session}>
      <div className={largeText ? 'big-text' : undefined}>
        <div className="banner" role="note">
          {t('shell.banner')}
        </div>
        {session.demo ? <div className="demo-ribbon">{t('shell.demo')}</div> : null}
        <Layout style={{ minHeight: 'calc(100vh - 44px)' }}>
          <SideBar session={session} open={open} />
          <Layout>
            <TopBar user={user} session={session} largeText={largeText} onLargeText={toggleText} />
            <PageTabs open={open} />
            <main>
              <Suspense fallback={<Spin style={{ display: 'block', marginTop: 80 }} />}>
                <Routes>
                  {open.map((place) => (
                    <Route key={place.path} path={place.path} element={<place.page />} />
                  ))}
                  <Route
                    path="*"
                    element={<Result status="404" title="404" subTitle={t('shell.noPage')} />}
                  />
                </Routes>
              </Suspense>
            </main>
          </Layout>
        </Layout>
      </div>
    </SessionContext>
  )
}

function SideBar({ session, open }: { session: Session; open: typeof places }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const here = open.find((place) => matchPath(place.path, pathname))
  const listed = open.filter((place) => place.listed)
  const selected = listed.findLast(
    (place) => place.path === here?.path || (place.path !== '/' && pathname.startsWith(place.path)),
  )
  return (
    <Layout.Sider
      width={208}
      collapsible
      breakpoint="lg"
      collapsedWidth={56}
      className="no-print"
      aria-label={t('shell.menu')}
    >
      <div
        style={{
          color: '#E6EEF0',
          fontSize: 16,
          fontWeight: 600,
          padding: '14px 20px',
          whiteSpace: 'nowrap',
          overflow: 'hidden',
        }}
      >
        {session.organName}
      </div>
      <Menu
        theme="dark"
        mode="inline"
        selectedKeys={selected ? [selected.path] : []}
        items={listed.map((place) => ({
          key: place.path,
          icon: place.icon,
          label: <Link to={place.path}>{t(`shell.places.${place.title}`)}</Link>,
        }))}
      />
    </Layout.Sider>
  )
}
