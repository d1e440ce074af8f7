import { ConfigProvider, App as Messages, Spin } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ErrorState, theme } from '../kit/index.ts'
import { FirstRunPage } from './rooms/session/first-run-page.tsx'
import { PasswordChangePage } from './rooms/session/password-change-page.tsx'
import { SecondFactorPage } from './rooms/session/second-factor-page.tsx'
import { SignInPage } from './rooms/session/sign-in-page.tsx'
import { useSession } from './session.ts'
import { Shell } from './shell.tsx'

const WallPage = lazy(() => import('./rooms/boards/wall-page.tsx').then((m) => ({ default: m.WallPage })))

/** Which of the faces is due: first run, sign-in, an unfinished session, the console, or the screen on the wall. */
export function App() {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      <Messages>
        <Face />
      </Messages>
    </ConfigProvider>
  )
}

function Face() {
  const session = useSession()
  const { pathname } = useLocation()
  if (session.isPending) return <Spin size="large" style={{ display: 'block', marginTop: 160 }} />
  if (session.isError) {
    return (
      <div className="plain-page">
        <ErrorState error={session.error} retry={() => void session.refetch()} />
      </div>
    )
  }
  const { data } = session
  if (data.firstRun) return <FirstRunPage demo={data.demo} />
  if (!data.signedIn || !data.user) return <SignInPage session={data} />
  if (data.stage === 'change_password') return <PasswordChangePage demo={data.demo} />
  if (data.stage === 'enrol_second_factor') return <SecondFactorPage demo={data.demo} />
  if (pathname === '/wall') {
    return (
      <Suspense fallback={<Spin size="large" style={{ display: 'block', marginTop: 160 }} />}>
        <WallPage session={data} user={data.user} />
      </Suspense>
    )
  }
  return <Shell session={data} user={data.user} />
}
