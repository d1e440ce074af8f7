import { useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, type ListData } from '../../../kit/index.ts'
import type { Account } from './account.ts'
import { PlaceSelect } from './place-select.tsx'
import { useAccountStep } from './use-account-step.ts'

type Departure = components['schemas']['Departure']

/** Somebody leaves, moves or is suspended: access ends the same minute, open work goes on a list for the successor. */
export function DepartureModal({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Departure>()
  const kind = Form.useWatch('kind', form)
  const params = { path: { userId: account.userId } }
  const depart = useAccountStep((body: Departure) =>
    answered(client.POST('/api/v1/accounts/{userId}/departure', { params, body })),
  )
  const place = account.unitCode ? 'unitCode' : 'organCode'
  return (
    <Modal
      open
      title={t('administration.departure')}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ danger: true }}
      confirmLoading={depart.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="muted">{t('administration.departureWhy')}</p>
      <Form<Departure>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'leave' }}
        onFinish={(body) => depart.mutate(body, { onSuccess: onClose })}
      >
        <Form.Item name="kind" label={t('administration.departureKind')}>
          <Radio.Group
            options={(['leave', 'move', 'disable'] as const).map((value) => ({
              value,
              label: t(`administration.departureKinds.${value}`),
            }))}
          />
        </Form.Item>
        {kind === 'move' ? (
          <Form.Item
            name={place}
            label={t('administration.newPlace')}
            rules={[{ required: true, message: t('administration.missing') }]}
          >
            <PlaceSelect kind={place} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="successorId"
          label={t('administration.successor')}
          extra={t('administration.successorHint')}
        >
          <PersonSelect except={account.userId} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          rules={[{ required: true, min: 2, message: t('kit.reasonMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={300} showCount />
        </Form.Item>
      </Form>
      {depart.isError ? <ErrorState error={depart.error} /> : null}
    </Modal>
  )
}

function PersonSelect(props: { except: string; value?: string; onChange?: (userId: string) => void }) {
  const [words, setWords] = useState('')
  const found = useQuery({
    queryKey: ['accounts', 'choice', words],
    queryFn: () =>
      answered<ListData<Account>>(
        client.GET('/api/v1/accounts', {
          params: { query: { state: 'active', limit: 20, ...(words ? { q: words } : {}) } },
        }),
      ),
    placeholderData: (before) => before,
  })
  const options = (found.data?.items ?? [])
    .filter(({ userId }) => userId !== props.except)
    .map(({ userId, displayName, placeName }) => ({
      value: userId,
      label: `${displayName} · ${placeName ?? ''}`,
    }))
  return (
    <Select
      allowClear
      value={props.value}
      onChange={props.onChange}
      options={options}
      showSearch={{ filterOption: false, onSearch: setWords }}
    />
  )
}
