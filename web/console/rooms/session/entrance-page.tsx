import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage, currentLanguage } from '../../language.ts'

/** The page around everything that comes before the console. */
export function EntrancePage(props: { title: string; demo: boolean; wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const other = currentLanguage() === 'zh' ? 'en' : 'zh'
  return (
    <div style={{ minHeight: '100vh', display: 'flex', flexDirection: 'column' }}>
      <div className="banner" role="note">
        {t('shell.banner')}
      </div>
      {props.demo ? <div className="demo-ribbon">{t('shell.demo')}</div> : null}
      <main
        style={{
          width: '100%',
          maxWidth: props.wide ? 640 : 400,
          margin: '9vh auto 40px',
          padding: '0 16px',
          boxSizing: 'border-box',
        }}
      >
        <h1 style={{ fontSize: 26, margin: '0 0 4px', color: '#0F5E6B' }}>{props.title}</h1>
        <p className="muted" style={{ marginTop: 0 }}>
          {t('session.motto')}
        </p>
        <div className="panel" style={{ padding: 24 }}>
          {props.children}
        </div>
        <Button
          type="link"
          style={{ padding: 0 }}
          lang={other === 'en' ? 'en' : 'zh-CN'}
          onClick={() => void changeLanguage(other)}
        >
          {other === 'en' ? 'English' : '中文'}
        </Button>
      </main>
    </div>
  )
}
