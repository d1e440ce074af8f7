import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { useAlertPack } from './use-alert-packs.ts'
import { useAlertStep } from './use-alert-step.ts'

export type AlertDetail = components['schemas']['AlertDetail']

interface Entry {
  readonly verdict?: string
  readonly irregularity?: string
  readonly violationAmount?: string
  readonly recoveredAmount?: string
  readonly reason?: string
  readonly verification?: string
}

type Step =
  | 'dispatch'
  | 'hold'
  | 'release'
  | 'send_back'
  | 'judge'
  | 'reject_rectification'
  | 'close'
  | 'hand_on'
  | 'take_back'
  | 'reopen'

/** Which steps the office can take from a state; the server decides, this only spares useless buttons. */
const openSteps: Readonly<Record<string, readonly Step[]>> = {
  raised: ['dispatch', 'hold', 'judge'],
  held: ['release'],
  dispatched: ['judge'],
  explained: ['judge', 'send_back'],
  doubtful: ['judge', 'send_back'],
  rectifying: [],
  rectified: ['close', 'reject_rectification'],
  closed: ['reopen'],
}

/** What was handed on waits for the case office, which can give it back; everything else can be handed on. */
function stepsOf({ state, handedOn }: AlertDetail): readonly Step[] {
  return handedOn ? ['take_back'] : [...(openSteps[state] ?? []), 'hand_on']
}

const permissionOf: Readonly<Record<Step, string>> = {
  dispatch: 'alerts.dispatch',
  hold: 'alerts.dispatch',
  release: 'alerts.dispatch',
  send_back: 'alerts.dispatch',
  judge: 'alerts.judge',
  reject_rectification: 'alerts.judge',
  close: 'alerts.judge',
  hand_on: 'alerts.hand_on',
  take_back: 'alerts.take_back',
  reopen: 'alerts.reopen',
}

/** The actions at the foot of an alert. */
export function AlertActions({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const step = useAlertStep()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Step>()
  const steps = stepsOf(alert).filter((one) => may(session, permissionOf[one]))
  if (steps.length === 0) return null
  const take = (one: Step, entry: Entry) =>
    step.mutate(
      { path: pathOf(one, alert.alertId), body: bodyOf(one, alert, entry) },
      {
        onSuccess: () => {
          setAsking(undefined)
          // What was given back is the office's again, and out of the giver's sight.
          if (one === 'take_back') navigate('/alerts?handedOn=true')
        },
      },
    )
  return (
    <div className="panel no-print" style={{ position: 'sticky', bottom: 0, zIndex: 5 }}>
      <Space wrap>
        {steps.map((one, index) => (
          <Button
            key={one}
            type={index === 0 && one !== 'hand_on' ? 'primary' : 'default'}
            loading={step.isPending && !asking}
            onClick={() => (one === 'dispatch' || one === 'release' ? take(one, {}) : setAsking(one))}
          >
            {t(`alerts.steps.${one}`)}
          </Button>
        ))}
      </Space>
      {asking ? (
        <StepForm
          step={asking}
          alert={alert}
          busy={step.isPending}
          onCancel={() => setAsking(undefined)}
          onDone={(entry) => take(asking, entry)}
        />
      ) : null}
    </div>
  )
}

function pathOf(step: Step, alertId: string): string {
  if (step === 'dispatch' || step === 'hold' || step === 'release') return `/api/v1/alerts/${step}`
  return `/api/v1/alerts/${alertId}/${step.replaceAll('_', '-')}`
}

function bodyOf(step: Step, alert: AlertDetail, entry: Entry): Record<string, unknown> {
  const { version } = alert
  if (step === 'dispatch' || step === 'release') return { alertIds: [alert.alertId] }
  if (step === 'hand_on' || step === 'take_back') return { reason: entry.reason }
  if (step === 'hold') return { alertIds: [alert.alertId], note: entry.reason }
  if (step === 'judge') {
    const { verdict, reason, irregularity, violationAmount, verification } = entry
    return {
      verdict,
      reason,
      version,
      ...(irregularity ? { irregularity } : {}),
      ...(verification ? { verification } : {}),
      ...(violationAmount ? { violationAmount } : {}),
    }
  }
  const recovered = entry.recoveredAmount ? { recoveredAmount: entry.recoveredAmount } : {}
  return { note: entry.reason, version, ...(step === 'close' ? recovered : {}) }
}

function StepForm(props: {
  step: Step
  alert: AlertDetail
  busy: boolean
  onCancel: () => void
  onDone: (entry: Entry) => void
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Entry>()
  const pack = useAlertPack(props.alert.pack)
  const irregularities = pack?.irregularities ?? []
  const verdict = Form.useWatch('verdict', form)
  const faulty = verdict === 'violation' || verdict === 'irregular'
  const unverified =
    verdict === 'normal' && props.alert.state !== 'explained' && pack?.verify.includes(props.alert.level)
  const required = [{ required: true, message: t('alerts.missing') }]
  const amountRule = [{ pattern: /^\d{1,16}(\.\d{1,2})?$/, message: t('alerts.amountForm') }]
  return (
    <Modal
      open
      title={t(`alerts.steps.${props.step}`)}
      okText={t('kit.ok')}
      cancelText={t('kit.cancel')}
      confirmLoading={props.busy}
      onCancel={props.onCancel}
      onOk={() => form.submit()}
    >
      {props.step === 'hand_on' ? <p>{t('alerts.handOnNote')}</p> : null}
      <Form<Entry> form={form} layout="vertical" onFinish={props.onDone}>
        {props.step === 'judge' ? (
          <Form.Item name="verdict" label={t('alerts.verdict')} rules={required}>
            <Select
              options={['normal', 'irregular', 'violation', 'doubtful'].map((value) => ({
                value,
                label: t(`alerts.verdicts.${value}`),
              }))}
            />
          </Form.Item>
        ) : null}
        {faulty ? (
          <>
            <Form.Item name="irregularity" label={t('alerts.irregularity')} rules={required}>
              <Select
                options={irregularities.map(({ code, title }) => ({ value: code, label: inLanguage(title) }))}
              />
            </Form.Item>
            <Form.Item name="violationAmount" label={t('alerts.violationAmount')} rules={amountRule}>
              <Input inputMode="decimal" />
            </Form.Item>
          </>
        ) : null}
        {unverified ? (
          <Form.Item
            name="verification"
            label={t('alerts.verification')}
            extra={t('alerts.verificationHint')}
            rules={[{ required: true, min: 2, whitespace: true, message: t('alerts.missing') }]}
          >
            <Input.TextArea rows={3} maxLength={4000} />
          </Form.Item>
        ) : null}
        {props.step === 'close' ? (
          <Form.Item name="recoveredAmount" label={t('alerts.recoveredAmount')} rules={amountRule}>
            <Input inputMode="decimal" />
          </Form.Item>
        ) : null}
        <Form.Item
          name="reason"
          label={t('kit.reason')}
          rules={[{ required: true, min: 2, message: t('alerts.missing') }]}
        >
          <Input.TextArea rows={4} maxLength={4000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
