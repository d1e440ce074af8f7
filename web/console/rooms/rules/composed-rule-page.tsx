import { useQuery } from '@tanstack/react-query'
import { Segmented, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { answered, client, ErrorState, LevelTag, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { type ComposedVersion, composedTone } from './composed-rule.ts'
import { ComposedActions } from './composed-rule-actions.tsx'
import { ComposedExamples } from './composed-rule-examples.tsx'
import './composed-rule.css'

/** A composed rule: each of its versions in plain words and in SQL, its examples, its story, and the next step. */
export function ComposedRulePage() {
  const { t } = useTranslation()
  const { code = '' } = useParams()
  const [chosen, setChosen] = useState<number>()
  const versions = useQuery({
    queryKey: ['composed-rules', 'detail', code],
    queryFn: () =>
      answered<ComposedVersion[]>(
        client.GET('/api/v1/composed-rules/{code}', { params: { path: { code } } }),
      ),
  })
  if (versions.isPending) return <Spin className="page-spin" />
  if (versions.isError) {
    return (
      <div className="page">
        <ErrorState error={versions.error} retry={() => void versions.refetch()} />
      </div>
    )
  }
  const all = versions.data
  const shown = all.find(({ version }) => version === chosen) ?? all[0]!
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          {code} {inLanguage(shown.content.title)}
        </h1>
        <LevelTag level={shown.content.level} />
        <StateTag tone={composedTone[shown.state]}>{t(`composed.states.${shown.state}`)}</StateTag>
        <ComposedActions versions={all} />
      </div>
      {all.length > 1 ? (
        <Segmented
          style={{ marginBottom: 12 }}
          value={shown.version}
          onChange={setChosen}
          options={all.map(({ version, state }) => ({
            value: version,
            label: `${t('composed.numbered', { version })} · ${t(`composed.states.${state}`)}`,
          }))}
        />
      ) : null}
      <Version version={shown} />
    </div>
  )
}

function Version({ version }: { version: ComposedVersion }) {
  const { t } = useTranslation()
  const { content, reading, sql, bindings } = version
  return (
    <>
      <div className="panel">
        <h2>{t('composed.condition')}</h2>
        {reading ? <p className="sentence">{inLanguage(reading)}</p> : <p>{t('composed.notCompilable')}</p>}
        <dl className="facts">
          <dt>{t('composed.message')}</dt>
          <dd>{inLanguage(content.message)}</dd>
          <dt>{t('composed.basis')}</dt>
          <dd>
            {content.basis.map((basis) => (
              <div key={basis.zh}>
                {inLanguage(basis)}{' '}
                <span className="muted">{t(`composed.certainties.${basis.certainty}`)}</span>
              </div>
            ))}
          </dd>
        </dl>
      </div>
      <div className="panel">
        <h2>{t('composed.examples')}</h2>
        <ComposedExamples content={content} />
      </div>
      {sql ? (
        <div className="panel">
          <h2>{t('composed.sql')}</h2>
          <pre className="source">{sql}</pre>
          <dl className="facts" style={{ marginTop: 12 }}>
            {Object.entries(bindings ?? {}).map(([name, value]) => (
              <Fact key={name} name={`$${name}`} value={value} />
            ))}
          </dl>
        </div>
      ) : null}
      <div className="panel">
        <h2>{t('composed.story')}</h2>
        <Story version={version} />
      </div>
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>{value}</dd>
    </>
  )
}

/** Who did what, in order. */
function Story({ version }: { version: ComposedVersion }) {
  const { t } = useTranslation()
  const steps = [
    ['drafted', version.draftedBy, version.draftedAt, null],
    ['proposed', version.proposedBy, version.proposedAt, version.reason],
    [
      version.state === 'rejected' ? 'rejected' : version.state === 'withdrawn' ? 'withdrawn' : 'approved',
      version.decidedBy,
      version.decidedAt,
      version.decision,
    ],
    ['ended', version.endedBy, version.endedAt, version.endReason],
  ] as const
  return (
    <>
      {steps.map(([step, person, at, note]) =>
        person && at ? (
          <div key={step} className="row-line">
            <span className="muted numeric">{shanghaiTime(at)}</span>
            <span>
              {person.name} {t(`composed.steps.${step}`)}
            </span>
            <span>{note}</span>
          </div>
        ) : null,
      )}
    </>
  )
}
