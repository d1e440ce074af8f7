import { Button, Drawer, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { OneTimePassword } from './one-time-password.tsx'
import { PlaceSelect } from './place-select.tsx'
import { useAccountStep } from './use-account-step.ts'

type NewAccount = components['schemas']['NewAccount']
type Created = components['schemas']['OneTimePassword']

/** A new account, in an organ or in a unit; roles are asked for afterwards and approved by another administrator. */
export function NewAccountDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [place, setPlace] = useState<'organCode' | 'unitCode'>('organCode')
  const create = useAccountStep((body: NewAccount) =>
    answered<Created>(client.POST('/api/v1/accounts', { body })),
  )
  const required = [{ required: true, message: t('administration.missing') }]
  const submit = (entry: NewAccount) => {
    const filled = Object.entries(entry).filter(([, value]) => value !== undefined && value !== '')
    create.mutate(Object.fromEntries(filled) as unknown as NewAccount)
  }
  if (create.data) return <OneTimePassword password={create.data.password} onClose={onClose} />
  return (
    <Drawer open size={480} title={t('administration.newAccount')} onClose={onClose}>
      <Form<NewAccount> layout="vertical" onFinish={submit}>
        <Form.Item name="username" label={t('administration.username')} rules={required}>
          <Input autoFocus autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="displayName" label={t('administration.displayName')} rules={required}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item label={t('administration.placeKind')}>
          <Segmented
            value={place}
            onChange={setPlace}
            options={[
              { value: 'organCode', label: t('administration.organ') },
              { value: 'unitCode', label: t('administration.unit') },
            ]}
          />
        </Form.Item>
        <Form.Item key={place} name={place} label={t('administration.place')} rules={required}>
          <PlaceSelect kind={place} />
        </Form.Item>
        <Form.Item name="staffNo" label={t('administration.staffNo')}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="post" label={t('administration.post')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="mobile"
          label={t('administration.mobile')}
          extra={t('administration.mobileHint')}
          rules={[{ pattern: /^1[3-9]\d{9}$/, message: t('administration.mobileForm') }]}
        >
          <Input inputMode="tel" maxLength={11} />
        </Form.Item>
        <Form.Item
          name="personId"
          label={t('administration.personId')}
          extra={t('administration.personIdHint')}
        >
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        {create.isError ? <ErrorState error={create.error} /> : null}
        <Button type="primary" htmlType="submit" loading={create.isPending} style={{ marginTop: 16 }}>
          {t('administration.create')}
        </Button>
      </Form>
    </Drawer>
  )
}
