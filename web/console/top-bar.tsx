import { FontSizeOutlined, FullscreenOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Layout, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Bell } from './bell.tsx'
import { Finder } from './finder.tsx'
import { changeLanguage, currentLanguage, inLanguage } from './language.ts'
import { type Session, type SignedInUser, signOut, useSessionRefresh } from './session.ts'

/** Search, text size, language, full screen, and the person. */
export function TopBar(props: {
  user: SignedInUser
  session: Session
  largeText: boolean
  onLargeText: () => void
}) {
  const { t } = useTranslation()
  const toggleLanguage = () => void changeLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')
  return (
    <Layout.Header
      style={{ display: 'flex', alignItems: 'center', gap: 4, borderBottom: '1px solid #DDE4E7' }}
      className="no-print top-bar"
    >
      <span className="muted place-name">{props.user.placeName}</span>
      <Finder session={props.session} />
      <Tooltip title={t('shell.textSize')}>
        <Button
          type="text"
          aria-label={t('shell.textSize')}
          aria-pressed={props.largeText}
          icon={<FontSizeOutlined />}
          onClick={props.onLargeText}
        />
      </Tooltip>
      <Tooltip title={t('shell.fullScreen')}>
        <Button
          type="text"
          aria-label={t('shell.fullScreen')}
          icon={<FullscreenOutlined />}
          onClick={() => void document.documentElement.requestFullscreen()}
        />
      </Tooltip>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        onClick={toggleLanguage}
        lang={currentLanguage() === 'zh' ? 'en' : 'zh-CN'}
      >
        {currentLanguage() === 'zh' ? 'English' : '中文'}
      </Button>
      <Bell />
      <PersonMenu user={props.user} session={props.session} />
    </Layout.Header>
  )
}

function PersonMenu({ user, session }: { user: SignedInUser; session: Session }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useSessionRefresh()
  const leave = async () => {
    try {
      await signOut()
    } catch {
      void message.error(t('shell.signOutFailed'))
    }
    await refresh()
  }
  const roles = (session.roles ?? []).map(inLanguage).join('、')
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'roles', label: roles, disabled: true },
          { type: 'divider' },
          { key: 'own', label: <Link to="/me">{t('shell.places.own')}</Link> },
          { key: 'leave', label: t('shell.signOut'), onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />}>
        {user.displayName}
      </Button>
    </Dropdown>
  )
}
