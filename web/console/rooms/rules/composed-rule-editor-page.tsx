import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { ComposableDataset, ComposedCheck, ComposedContent, ComposedVersion } from './composed-rule.ts'
import { ComposedBasis } from './composed-rule-basis.tsx'
import { ComposedExampleEditor } from './composed-rule-example-editor.tsx'
import { ComposedHead } from './composed-rule-head.tsx'
import { ComposedMessage } from './composed-rule-message.tsx'
import { ConditionBuilder } from './query-builder.tsx'
import { useComposableDatasets } from './use-composable-datasets.ts'
import './composed-rule.css'

const blank: ComposedContent = {
  dataset: 'payment',
  title: { zh: '', en: '' },
  level: 'yellow',
  query: { combinator: 'and', not: false, rules: [] },
  message: { zh: '', en: '' },
  basis: [{ zh: '', en: '', certainty: 'practice' }],
  examples: [],
}

/** Where a new rule, or the next version of one, is drawn up. */
export function ComposedRuleEditorPage() {
  const { t } = useTranslation()
  const { code } = useParams()
  const datasets = useComposableDatasets()
  const versions = useQuery({
    queryKey: ['composed-rules', 'detail', code],
    queryFn: () =>
      answered<ComposedVersion[]>(
        client.GET('/api/v1/composed-rules/{code}', { params: { path: { code: code ?? '' } } }),
      ),
    enabled: code !== undefined,
  })
  const failed = datasets.error ?? versions.error
  const ready = datasets.data && (code === undefined || versions.data)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{code ? t('composed.editing', { code }) : t('composed.new')}</h1>
        <span className="note">{t('composed.editorNote')}</span>
      </div>
      {failed ? <ErrorState error={failed} retry={() => void datasets.refetch()} /> : null}
      {!ready && !failed ? <Spin className="page-spin" /> : null}
      {ready ? (
        <Editor
          key={code ?? ''}
          code={code}
          datasets={datasets.data}
          start={versions.data?.[0]?.content ?? blank}
        />
      ) : null}
    </div>
  )
}

function Editor(props: {
  code: string | undefined
  datasets: readonly ComposableDataset[]
  start: ComposedContent
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { code, datasets } = props
  const [content, setContent] = useState(props.start)
  const dataset = datasets.find(({ name }) => name === content.dataset)!
  const change = (part: Partial<ComposedContent>) => setContent((before) => ({ ...before, ...part }))
  const check = useMutation({
    mutationFn: () => answered<ComposedCheck>(client.POST('/api/v1/composed-rules/check', { body: content })),
  })
  const save = useMutation({
    mutationFn: () =>
      code
        ? answered<ComposedVersion[]>(
            client.PUT('/api/v1/composed-rules/{code}/draft', { params: { path: { code } }, body: content }),
          )
        : answered<ComposedVersion[]>(client.POST('/api/v1/composed-rules', { body: content })),
    onSuccess: async ([saved]) => {
      await queries.invalidateQueries({ queryKey: ['composed-rules'] })
      navigate(`/composed-rules/${saved!.code}`)
    },
  })
  const failed = check.error ?? save.error
  return (
    <div className="composed-editor">
      <ComposedHead
        content={content}
        datasets={datasets}
        fixedDataset={code !== undefined}
        onChange={change}
        onDataset={(name) => setContent({ ...content, dataset: name, query: blank.query, examples: [] })}
      />
      <div className="panel">
        <h2>{t('composed.condition')}</h2>
        <ConditionBuilder
          key={dataset.name}
          dataset={dataset}
          query={content.query}
          onChange={(query) => change({ query })}
        />
      </div>
      <ComposedMessage content={content} dataset={dataset} onChange={change} />
      <ComposedBasis content={content} onChange={change} />
      <ComposedExampleEditor
        content={content}
        dataset={dataset}
        results={check.data?.examples ?? []}
        onChange={(examples) => {
          check.reset()
          change({ examples })
        }}
      />
      {check.data ? <CheckOutcome check={check.data} /> : null}
      {failed ? <ErrorState error={failed} /> : null}
      <div className="composed-foot no-print">
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t('composed.check')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('composed.save')}
        </Button>
        <span className="muted">{t('composed.saveNote')}</span>
      </div>
    </div>
  )
}

/** What the check came to: what is missing, or the condition in plain words with its examples all holding. */
function CheckOutcome({ check }: { check: ComposedCheck }) {
  const { t } = useTranslation()
  const failing = check.examples.filter(({ holds }) => !holds).length
  return (
    <Alert
      className={check.ready ? 'outcome-good' : 'outcome-open'}
      showIcon
      type={check.ready ? 'success' : 'warning'}
      title={
        check.ready
          ? t('composed.ready', { count: check.examples.length })
          : check.faults.length > 0
            ? t('composed.faulty')
            : t('composed.failing', { count: failing })
      }
      description={
        <>
          {check.faults.map((fault) => (
            <div key={fault.path + fault.en}>{inLanguage(fault)}</div>
          ))}
          {check.reading ? <div>{inLanguage(check.reading)}</div> : null}
        </>
      }
    />
  )
}
