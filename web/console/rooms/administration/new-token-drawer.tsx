import { Button, DatePicker, Drawer, Form, Input, Modal, Select, Typography } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { PlaceSelect } from './place-select.tsx'
import { useTokenStep } from './use-token-step.ts'

type NewToken = components['schemas']['NewApiTokenInput']
type Created = components['schemas']['CreatedApiToken']
type Entry = Omit<NewToken, 'expiresAt'> & { readonly lastDay: Dayjs }

/** A token for a machine is asked for; it is shown at once, and works after another administrator has approved it. */
export function NewTokenDrawer(props: {
  datasets: readonly components['schemas']['TokenDataset'][]
  onClose: () => void
}) {
  const { t } = useTranslation()
  const create = useTokenStep((body: NewToken) =>
    answered<Created>(client.POST('/api/v1/api-tokens', { body })),
  )
  const required = [{ required: true, message: t('administration.missing') }]
  const submit = ({ lastDay, ...wanted }: Entry) =>
    create.mutate({ ...wanted, expiresAt: `${lastDay.format('YYYY-MM-DD')}T23:59:59+08:00` })
  if (create.data) return <OneTimeToken token={create.data.token} onClose={props.onClose} />
  return (
    <Drawer open size={480} title={t('tokens.ask')} onClose={props.onClose}>
      <p className="muted">{t('tokens.askWhy')}</p>
      <Form<Entry> layout="vertical" onFinish={submit}>
        <Form.Item name="name" label={t('tokens.name')} extra={t('tokens.nameHint')} rules={required}>
          <Input autoFocus autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="organCode" label={t('tokens.organ')} extra={t('tokens.organHint')} rules={required}>
          <PlaceSelect kind="organCode" />
        </Form.Item>
        <Form.Item name="datasets" label={t('tokens.datasets')} rules={required}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={props.datasets.map(({ name, title }) => ({ value: name, label: inLanguage(title) }))}
          />
        </Form.Item>
        <Form.Item
          name="lastDay"
          label={t('tokens.lastDay')}
          extra={t('tokens.lastDayHint')}
          rules={required}
        >
          <DatePicker style={{ width: '100%' }} minDate={dayjs()} maxDate={dayjs().add(1, 'year')} />
        </Form.Item>
        {create.isError ? <ErrorState error={create.error} /> : null}
        <Button type="primary" htmlType="submit" loading={create.isPending} style={{ marginTop: 16 }}>
          {t('tokens.ask')}
        </Button>
      </Form>
    </Drawer>
  )
}

/** Shown once and kept nowhere. */
function OneTimeToken({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      width={640}
      title={t('tokens.oneTime')}
      okText={t('tokens.oneTimeKept')}
      onOk={onClose}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={(_buttons, { OkBtn }) => <OkBtn />}
    >
      <p>{t('tokens.oneTimeWhy')}</p>
      <Typography.Text code copyable style={{ fontSize: 16, wordBreak: 'break-all' }}>
        {token}
      </Typography.Text>
    </Modal>
  )
}
