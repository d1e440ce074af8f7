import { ConfigProvider, Layout } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWatermark } from '../kit/index.ts'
import { IdleWarning } from './idle-warning.tsx'
import { NamePage } from './page-name.ts'
import { PageSpace } from './page-space.tsx'
import { PageTabs } from './page-tabs.tsx'
import { places } from './places.tsx'
import { may, type Session, type SignedInUser } from './session.ts'
import { SessionContext } from './session-context.ts'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useMark } from './use-mark.ts'
import { useOpenPages } from './use-open-pages.ts'

const largeFontSize = 18

/** The console around every page: banner, side bar, top bar, tabs, watermark. */
export function Shell({ session, user }: { session: Session; user: SignedInUser }) {
  const { t } = useTranslation()
  const [largeText, setLargeText] = useState(localStorage.getItem('qingfeng-text') === 'large')
  useWatermark(useMark(user))
  const entered = places.filter((place) => !place.permission || may(session, place.permission))
  const open = useOpenPages(entered)
  const toggleText = () => {
    localStorage.setItem('qingfeng-text', largeText ? 'normal' : 'large')
    setLargeText(!largeText)
  }
  return (
    <SessionContext value={session}>
      <ConfigProvider theme={largeText ? { token: { fontSize: largeFontSize } } : {}}>
        <div className={largeText ? 'console large-text' : 'console'}>
          <div className="banner" role="note">
            {t('shell.banner')}
          </div>
          {session.demo ? <div className="demo-ribbon">{t('shell.demo')}</div> : null}
          <Layout hasSider>
            <SideBar organName={session.organName} open={entered} />
            <Layout className="beside-bar">
              <TopBar user={user} session={session} largeText={largeText} onLargeText={toggleText} />
              <PageTabs open={open} />
              <NamePage value={open.namePage}>
                <PageSpace open={open} places={entered} />
              </NamePage>
            </Layout>
          </Layout>
        </div>
        <IdleWarning idleMinutes={session.idleMinutes} />
      </ConfigProvider>
    </SessionContext>
  )
}
