import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Form, Select, Space, Spin } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { Replay, ReplayChoice, ReplayRequest } from './replay.ts'
import { firstSources, type Source, SourceChoice } from './replay-source-choice.tsx'
import { ReplayValues, type Values } from './replay-values.tsx'
import { useReplayChoices } from './use-replayed-rule.ts'

/** Chooses a rule, a period and what is to be different in version B. */
export function NewReplayPage() {
  const { t } = useTranslation()
  const [address] = useSearchParams()
  const like = address.get('like')
  const choices = useReplayChoices()
  const model = useQuery({
    queryKey: ['replays', 'detail', like],
    queryFn: () =>
      answered<Replay>(
        client.GET('/api/v1/rule-replays/{replayId}', { params: { path: { replayId: like ?? '' } } }),
      ),
    enabled: like !== null,
  })
  const failed = choices.error ?? model.error
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('replays.new')}</h1>
        <span className="note">{t('replays.newNote')}</span>
      </div>
      {failed ? <ErrorState error={failed} retry={() => void choices.refetch()} /> : null}
      {choices.isPending || (like !== null && model.isPending) ? <Spin className="page-spin" /> : null}
      {choices.data && (like === null || model.data) ? (
        <ReplayForm
          key={like ?? address.get('rule') ?? ''}
          choices={choices.data}
          rule={model.data?.rule ?? address.get('rule') ?? undefined}
          model={model.data}
        />
      ) : null}
    </div>
  )
}

function ReplayForm(props: {
  choices: readonly ReplayChoice[]
  rule: string | undefined
  model: Replay | undefined
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { choices, model } = props
  const [code, setCode] = useState(props.rule)
  const [values, setValues] = useState<Values>(
    model?.b.source.kind === 'values' ? (model.b.source.parameters as Values) : {},
  )
  const first = firstSources(choices.find((choice) => choice.rule === props.rule))
  const [a, setA] = useState<Source>(model?.a.source ?? first.a)
  const [b, setB] = useState<Source>(model?.b.source ?? first.b)
  const [period, setPeriod] = useState<[Dayjs, Dayjs]>(
    model ? [dayjs(model.from), dayjs(model.to)] : [dayjs().subtract(12, 'month'), dayjs()],
  )
  const rule = choices.find((choice) => choice.rule === code)
  const start = useMutation({
    mutationFn: (body: ReplayRequest) => answered<Replay>(client.POST('/api/v1/rule-replays', { body })),
    onSuccess: ({ replayId }) => navigate(`/rule-replays/${replayId}`),
  })
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const live = rule?.parameters.find((parameter) => parameter.name === name)?.value
      return live !== undefined && JSON.stringify(value) !== JSON.stringify(live)
    }),
  )
  const unchanged = b.kind === 'values' && Object.keys(changed).length === 0
  const send = () =>
    start.mutate({
      rule: code ?? '',
      a,
      b: b.kind === 'values' ? { kind: 'values', parameters: changed } : b,
      from: period[0].format('YYYY-MM-DD'),
      to: period[1].format('YYYY-MM-DD'),
    })
  return (
    <>
      <div className="panel">
        <Form layout="vertical" component="div">
          <Space wrap size={24} align="start">
            <Form.Item label={t('replays.rule')} htmlFor="replay-rule">
              <Select
                id="replay-rule"
                showSearch={{ optionFilterProp: 'label' }}
                style={{ width: 'min(420px, 72vw)' }}
                placeholder={t('replays.chooseRule')}
                {...(code ? { value: code } : {})}
                onChange={(chosen: string) => {
                  setCode(chosen)
                  setValues({})
                  const begin = firstSources(choices.find((choice) => choice.rule === chosen))
                  setA(begin.a)
                  setB(begin.b)
                }}
                options={choices.map((choice) => ({
                  value: choice.rule,
                  label: `${choice.rule} ${inLanguage(choice.title)}`,
                }))}
              />
            </Form.Item>
            <Form.Item label={t('replays.period')} htmlFor="replay-period" extra={t('replays.periodNote')}>
              <DatePicker.RangePicker
                id={{ start: 'replay-period', end: 'replay-period-end' }}
                allowClear={false}
                maxDate={dayjs()}
                value={period}
                onChange={(chosen) => chosen?.[0] && chosen[1] && setPeriod([chosen[0], chosen[1]])}
              />
            </Form.Item>
          </Space>
        </Form>
        {rule ? <ReadingText rule={rule} /> : <span className="muted">{t('replays.chooseFirst')}</span>}
      </div>
      {rule ? (
        <div className="panel">
          <Form layout="vertical" component="div">
            <Space wrap size={24}>
              <SourceChoice side="a" rule={rule} source={a} onChange={setA} />
              <SourceChoice side="b" rule={rule} source={b} onChange={setB} />
            </Space>
          </Form>
          {b.kind === 'values' ? <ReplayValues rule={rule} values={values} onChange={setValues} /> : null}
          {start.error ? <ErrorState error={start.error} /> : null}
          <Space style={{ marginTop: 16 }}>
            <Button type="primary" disabled={unchanged} loading={start.isPending} onClick={send}>
              {t('replays.start')}
            </Button>
            {unchanged ? <span className="muted">{t('replays.changeFirst')}</span> : null}
          </Space>
        </div>
      ) : null}
    </>
  )
}

/** The condition in plain words, with the values in force. */
function ReadingText({ rule }: { rule: ReplayChoice }) {
  const text = inLanguage(rule.reading).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = rule.parameters.find((parameter) => parameter.name === name)?.value
    return value === undefined ? whole : Array.isArray(value) ? value.join('，') : String(value)
  })
  return <p style={{ margin: 0 }}>{text}</p>
}
