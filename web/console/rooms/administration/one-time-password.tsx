import { Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

/** The password of a new or reset account: shown once, kept nowhere, changed at the first sign-in. */
export function OneTimePassword({ password, onClose }: { password: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('administration.oneTime')}
      okText={t('administration.oneTimeKept')}
      onOk={onClose}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={(_buttons, { OkBtn }) => <OkBtn />}
    >
      <p>{t('administration.oneTimeWhy')}</p>
      <Typography.Text code copyable style={{ fontSize: 18 }}>
        {password}
      </Typography.Text>
    </Modal>
  )
}
