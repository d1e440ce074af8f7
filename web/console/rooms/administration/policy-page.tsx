import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, InputNumber, Select, Spin, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, ReasonModal, shanghaiTime } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'

type Version = components['schemas']['IdentityPolicyVersion']
type Settings = Version['settings']
type Bounds = components['schemas']['IdentityPolicyBounds']
interface Policy {
  readonly versions: readonly Version[]
  readonly bounds: Bounds
}

const numbers = [
  'minLength',
  'minClasses',
  'history',
  'maxAgeDays',
  'accountFailures',
  'accountLockMinutes',
  'addressFailures',
] as const
const settings = [...numbers, 'secondFactor'] as const
const factors = ['optional', 'administrators', 'everyone'] as const

const narrow = { marginBottom: 12 }

/** The rules for passwords, locks and second factors in force, who changed them and why. */
export function PolicyPage() {
  const { t } = useTranslation()
  const policy = useQuery({
    queryKey: ['identity-policy'],
    queryFn: () => answered<Policy>(client.GET('/api/v1/identity-policy')),
  })
  if (policy.isPending) return <Spin className="page-spin" />
  const inForce = policy.data?.versions[0]
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('policy.title')}</h1>
        {inForce ? (
          <span className="note">
            {t('policy.since', { at: shanghaiTime(inForce.changedAt), version: inForce.version })}
          </span>
        ) : null}
      </div>
      {policy.isError ? (
        <div className="panel">
          <ErrorState error={policy.error} retry={() => void policy.refetch()} />
        </div>
      ) : null}
      {inForce && policy.data ? (
        <>
          <Rules key={inForce.version} inForce={inForce} bounds={policy.data.bounds} />
          <History versions={policy.data.versions} />
        </>
      ) : null}
    </div>
  )
}

function Rules({ inForce, bounds }: { inForce: Version; bounds: Bounds }) {
  const { t } = useTranslation()
  const changes = may(useCurrentSession(), 'identity.change_policy')
  const queries = useQueryClient()
  const [wanted, setWanted] = useState<Settings>()
  const change = useMutation({
    mutationFn: (body: { settings: Settings; reason: string }) =>
      answered<Version>(client.PUT('/api/v1/identity-policy', { body })),
    onSuccess: async () => {
      setWanted(undefined)
      await queries.invalidateQueries({ queryKey: ['identity-policy'] })
    },
  })
  return (
    <div className="panel">
      <Form<Settings>
        layout="horizontal"
        labelCol={{ flex: '300px' }}
        labelAlign="left"
        labelWrap
        colon={false}
        requiredMark={false}
        disabled={!changes}
        initialValues={inForce.settings}
        onFinish={setWanted}
        style={{ maxWidth: 820 }}
      >
        {numbers.map((name) => (
          <Form.Item key={name} label={t(`policy.settings.${name}`)} htmlFor={name} style={narrow}>
            <Form.Item
              noStyle
              name={name}
              rules={[
                {
                  required: true,
                  type: 'integer',
                  ...bounds[name]!,
                  message: t('policy.bounds', bounds[name]!),
                },
              ]}
            >
              <InputNumber id={name} style={{ width: 120 }} precision={0} />
            </Form.Item>
            <span className="muted" style={{ marginInlineStart: 12 }}>
              {t('policy.bounds', bounds[name]!)}
            </span>
          </Form.Item>
        ))}
        <Form.Item name="secondFactor" label={t('policy.settings.secondFactor')}>
          <Select
            style={{ width: 240 }}
            options={factors.map((value) => ({ value, label: t(`policy.factors.${value}`) }))}
          />
        </Form.Item>
        {changes ? (
          <Button type="primary" htmlType="submit">
            {t('policy.change')}
          </Button>
        ) : (
          <p className="muted">{t('policy.whoChanges')}</p>
        )}
      </Form>
      {wanted ? (
        <ReasonModal
          title={t('policy.change')}
          note={t('policy.changeWhy')}
          busy={change.isPending}
          error={change.error}
          onCancel={() => setWanted(undefined)}
          onReason={(reason) => change.mutate({ settings: wanted, reason })}
        />
      ) : null}
    </div>
  )
}

function History({ versions }: { versions: readonly Version[] }) {
  const { t } = useTranslation()
  const said = (name: (typeof settings)[number], value: string | number) =>
    name === 'secondFactor' ? t(`policy.factors.${value}`) : String(value)
  const differences = (version: Version, before: Version | undefined) =>
    settings
      .filter((name) => before && before.settings[name] !== version.settings[name])
      .map((name) =>
        t('policy.difference', {
          what: t(`policy.settings.${name}`),
          from: said(name, before!.settings[name]),
          to: said(name, version.settings[name]),
        }),
      )
  return (
    <div className="panel">
      <h2>{t('policy.history')}</h2>
      <Table<Version>
        size="small"
        rowKey="version"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={[...versions]}
        columns={[
          { key: 'version', title: t('policy.version'), dataIndex: 'version', width: 80 },
          {
            key: 'at',
            title: t('policy.at'),
            width: 160,
            render: (_value, { changedAt }) => shanghaiTime(changedAt),
          },
          {
            key: 'by',
            title: t('policy.by'),
            width: 120,
            render: (_value, { changedByName }) => changedByName || t('policy.product'),
          },
          {
            key: 'what',
            title: t('policy.what'),
            render: (_value, version, index) => {
              const lines = differences(version, versions[index + 1])
              return lines.length > 0 ? lines.map((line) => <div key={line}>{line}</div>) : '—'
            },
          },
          { key: 'reason', title: t('kit.reason'), dataIndex: 'reason' },
        ]}
      />
    </div>
  )
}
