import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, ErrorState, StateTag } from '../../../kit/index.ts'
import { useSessionRefresh } from '../../session.ts'
import { SecondFactorSetup } from '../session/second-factor-setup.tsx'

/** One's own second factor: set it up, or switch it off with the password. */
export function SecondFactorPanel({ on }: { on: boolean }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const done = async () => {
    setOpen(false)
    setPassword('')
    await refresh()
  }
  const disable = useMutation({
    mutationFn: () => answered(client.POST('/api/v1/session/second-factor/disable', { body: { password } })),
    onSuccess: done,
  })
  return (
    <div className="panel">
      <h2>{t('own.secondFactor')}</h2>
      <StateTag tone={on ? 'done' : 'none'}>{t(on ? 'own.on' : 'own.off')}</StateTag>{' '}
      <Button onClick={() => setOpen(true)}>{t(on ? 'own.switchOff' : 'own.switchOn')}</Button>
      <Modal
        open={open}
        title={t(on ? 'own.switchOff' : 'own.switchOn')}
        destroyOnHidden
        okText={t('kit.ok')}
        cancelText={t('kit.cancel')}
        confirmLoading={disable.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => disable.mutate()}
        {...(on ? {} : { footer: null })}
      >
        {on ? (
          <>
            <p>{t('own.switchOffWhy')}</p>
            <Input.Password
              aria-label={t('session.password')}
              autoComplete="current-password"
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
            {disable.isError ? <ErrorState error={disable.error} /> : null}
          </>
        ) : (
          <SecondFactorSetup onDone={() => void done()} />
        )}
      </Modal>
    </div>
  )
}
