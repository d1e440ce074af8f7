import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, Space, Spin, Timeline } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  AttachmentField,
  AttachmentLinks,
  answered,
  client,
  ErrorState,
  shanghaiTime,
} from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'

type Slip = components['schemas']['SupervisionSlipDetail']
type Step = 'reply' | 'send-back' | 'accept' | 'withdraw'

/** The steps that a state leaves open, and the permission for each; the server decides. */
const openSteps: Readonly<Record<Slip['state'], readonly (readonly [Step, string])[]>> = {
  issued: [
    ['reply', 'supervise.reply'],
    ['withdraw', 'supervise.decide'],
  ],
  replied: [
    ['accept', 'supervise.decide'],
    ['send-back', 'supervise.decide'],
    ['withdraw', 'supervise.decide'],
  ],
  accepted: [],
  withdrawn: [],
  ended: [],
}

/** One slip: what is demanded until when, its story, and the answer. */
export function SlipDrawer({ slipId, onClose }: { slipId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const slip = useQuery({
    queryKey: ['supervision', 'detail', slipId],
    queryFn: () =>
      answered<Slip>(client.GET('/api/v1/supervision/{slipId}', { params: { path: { slipId } } })),
  })
  return (
    <Drawer open size={560} title={slip.data?.number ?? t('supervision.title')} onClose={onClose}>
      {slip.isPending ? <Spin className="page-spin" /> : null}
      {slip.isError ? <ErrorState error={slip.error} /> : null}
      {slip.data ? (
        <>
          <p className="sentence">{slip.data.demand}</p>
          <dl className="facts">
            <dt>{t('supervision.subject')}</dt>
            <dd>
              <Link to={slip.data.link}>{slip.data.subjectTitle}</Link>
            </dd>
            <dt>{t('supervision.dueOn')}</dt>
            <dd>{t('supervision.termDays', { date: slip.data.dueOn, count: slip.data.termDays })}</dd>
            {slip.data.reply ? (
              <>
                <dt>{t('supervision.reply')}</dt>
                <dd style={{ whiteSpace: 'pre-wrap' }}>
                  {slip.data.reply}
                  <AttachmentLinks
                    files={slip.data.attachments}
                    under={`/api/v1/supervision/${slip.data.slipId}`}
                  />
                </dd>
              </>
            ) : null}
          </dl>
          <Timeline
            style={{ marginTop: 24 }}
            items={slip.data.events.map((event) => ({
              key: `${event.at}-${event.kind}`,
              content: (
                <>
                  <span className="muted">{shanghaiTime(event.at)}</span>{' '}
                  {t(`supervision.events.${event.kind}`, { defaultValue: event.kind })} {event.note}
                </>
              ),
            }))}
          />
          <SlipSteps slip={slip.data} />
        </>
      ) : null}
    </Drawer>
  )
}

function SlipSteps({ slip }: { slip: Slip }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly string[]>([])
  const steps = openSteps[slip.state].filter(([, permission]) => may(session, permission))
  const take = useMutation({
    mutationFn: (step: Step) =>
      answered(
        client.POST(`/api/v1/supervision/{slipId}/${step}`, {
          params: { path: { slipId: slip.slipId } },
          body: { text, files: [...files] },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['supervision'] }),
  })
  if (steps.length === 0) return null
  return (
    <Form layout="vertical">
      <Form.Item label={t('supervision.words')}>
        <Input.TextArea
          rows={4}
          maxLength={4000}
          showCount
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Form.Item>
      {slip.state === 'issued' ? <AttachmentField onChange={setFiles} /> : null}
      {take.isError ? <ErrorState error={take.error} /> : null}
      <Space wrap style={{ marginTop: 12 }}>
        {steps.map(([step], index) => (
          <Button
            key={step}
            type={index === 0 ? 'primary' : 'default'}
            disabled={text.trim().length < 2}
            loading={take.isPending && take.variables === step}
            onClick={() => take.mutate(step)}
          >
            {t(`supervision.steps.${step}`)}
          </Button>
        ))}
      </Space>
    </Form>
  )
}
