import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, Refused } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

type View = components['schemas']['AlertView']
type Conditions = Readonly<Record<string, string | undefined>>

/** Views that everybody has. */
const common: readonly { key: string; conditions: Readonly<Record<string, string>> }[] = [
  { key: 'all', conditions: {} },
  { key: 'mine', conditions: { mine: 'true', sort: 'due' } },
  { key: 'overdue', conditions: { overdue: 'true', sort: 'due' } },
  { key: 'red', conditions: { level: 'red' } },
  { key: 'handedOn', conditions: { handedOn: 'true' } },
]

const sameAs = (conditions: Conditions) =>
  JSON.stringify(
    Object.entries(conditions)
      .filter(([, value]) => value)
      .sort(),
  )

/** The views of the list as tabs: those that everybody has and one's own, kept on the server. */
export function AlertViews(props: {
  conditions: Conditions
  onChoose: (conditions: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [naming, setNaming] = useState(false)
  const own = useQuery({
    queryKey: ['alert-views'],
    queryFn: () => answered<readonly View[]>(client.GET('/api/v1/alert-views')),
    staleTime: 300_000,
  })
  const again = () => queries.invalidateQueries({ queryKey: ['alert-views'] })
  const refused = (error: unknown) => {
    if (error instanceof Refused) void message.error(inLanguage(error.problem.detail))
  }
  const remove = useMutation({
    mutationFn: (viewId: string) =>
      answered(client.DELETE('/api/v1/alert-views/{viewId}', { params: { path: { viewId } } })),
    onSuccess: again,
    onError: refused,
  })
  const views = [
    ...common.map(({ key, conditions }) => ({
      key,
      conditions,
      label: t(`alerts.views.${key}`),
      own: false,
    })),
    ...(own.data ?? []).map(({ viewId, title, conditions }) => ({
      key: viewId,
      conditions,
      label: title,
      own: true,
    })),
  ]
  const current = views.find(({ conditions }) => sameAs(conditions) === sameAs(props.conditions))
  return (
    <>
      <Tabs
        className="no-print alert-views"
        size="small"
        type="editable-card"
        hideAdd
        activeKey={current?.key ?? ''}
        items={views.map(({ key, label, own: closable }) => ({ key, label, closable }))}
        onChange={(key) => {
          const view = views.find((one) => one.key === key)
          if (view) props.onChoose(view.conditions)
        }}
        onEdit={(key, action) => {
          if (action === 'remove') remove.mutate(String(key))
        }}
        tabBarExtraContent={
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined />}
            disabled={current !== undefined}
            onClick={() => setNaming(true)}
          >
            {t('alerts.views.save')}
          </Button>
        }
      />
      {naming ? (
        <NewView
          conditions={props.conditions}
          onRefused={refused}
          onClose={() => {
            setNaming(false)
            void again()
          }}
        />
      ) : null}
    </>
  )
}

function NewView(props: {
  conditions: Conditions
  onClose: () => void
  onRefused: (error: unknown) => void
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ title: string }>()
  const conditions = Object.fromEntries(
    Object.entries(props.conditions).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  const save = useMutation({
    mutationFn: ({ title }: { title: string }) =>
      answered<View>(client.POST('/api/v1/alert-views', { body: { title, conditions } })),
    onSuccess: props.onClose,
    onError: props.onRefused,
  })
  return (
    <Modal
      open
      title={t('alerts.views.save')}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form form={form} layout="vertical" onFinish={(entry) => save.mutate(entry)}>
        <Form.Item
          name="title"
          label={t('alerts.views.title')}
          rules={[{ required: true, whitespace: true, message: t('alerts.missing') }]}
        >
          <Input autoFocus maxLength={20} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
