import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut, useSessionRefresh } from './session.ts'

const warnBeforeMilliseconds = 60_000
const deeds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/**
 * A minute before an unused session ends it asks whether somebody is still there, and signs out when nobody answers:
 * the open page itself keeps asking the server for news, so the server alone cannot tell that the chair is empty.
 */
export function IdleWarning({ idleMinutes }: { idleMinutes: number }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  const [warned, setWarned] = useState(false)
  useEffect(() => {
    if (warned) {
      const end = setTimeout(() => void signOut().then(refresh), warnBeforeMilliseconds)
      return () => clearTimeout(end)
    }
    let timer = 0
    const again = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => setWarned(true), idleMinutes * 60_000 - warnBeforeMilliseconds)
    }
    again()
    for (const deed of deeds) window.addEventListener(deed, again, { passive: true })
    return () => {
      window.clearTimeout(timer)
      for (const deed of deeds) window.removeEventListener(deed, again)
    }
  }, [idleMinutes, warned, refresh])
  return (
    <Modal
      open={warned}
      title={t('shell.idle.title')}
      okText={t('shell.idle.stay')}
      closable={false}
      footer={(_buttons, { OkBtn }) => <OkBtn />}
      onOk={() => {
        setWarned(false)
        void refresh()
      }}
    >
      {t('shell.idle.text', { count: idleMinutes })}
    </Modal>
  )
}
