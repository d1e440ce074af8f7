import './rules.css'
import { EditOutlined, HistoryOutlined, SwapOutlined } from '@ant-design/icons'
import { Alert, Button, Spin, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ErrorState, LevelTag, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ExampleList } from './example-list.tsx'
import { ModeModal } from './mode-modal.tsx'
import { ParameterModal } from './parameter-modal.tsx'
import { ParameterTable } from './parameter-table.tsx'
import { ReadingText } from './reading-text.tsx'
import { modeTone, type RuleDetail } from './rule.ts'
import { RuleSql } from './rule-sql.tsx'
import { RunList } from './run-list.tsx'
import { RunState } from './run-state.tsx'
import { ThresholdChart } from './threshold-chart.tsx'
import { TrialHits } from './trial-hits.tsx'
import { percentOf } from './use-rule-columns.tsx'
import { usePrecision, useRule } from './use-rules.ts'
import { VersionList } from './version-list.tsx'

/** One rule from top to bottom: what it says and on which basis, with which values, how it is tested and how it went. */
export function RulePage() {
  const { code = '' } = useParams()
  const rule = useRule(code)
  if (rule.isPending) return <Spin className="page-spin" />
  if (rule.isError) {
    return (
      <div className="page">
        <ErrorState error={rule.error} retry={() => void rule.refetch()} />
      </div>
    )
  }
  return <Rule rule={rule.data} />
}

function Rule({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [editing, setEditing] = useState<'parameters' | 'mode'>()
  const mayPropose = may(session, 'rules.propose') && rule.waiting === null
  const [preset, setPreset] = useState<string>()
  const close = () => {
    setEditing(undefined)
    setPreset(undefined)
  }
  return (
    <div className="page">
      <div className="page-head">
        <h1>
          {rule.code} {inLanguage(rule.title)}
        </h1>
        <StateTag tone={modeTone[rule.mode]}>{t(`rules.modes.${rule.mode}`)}</StateTag>
        <span className="note">{inLanguage(rule.packTitle)}</span>
        <div className="right no-print">
          {may(session, 'rules.replay') ? (
            <Link to={`/rule-replays/new?rule=${rule.code}`}>
              <Button icon={<HistoryOutlined />}>{t('rules.replay')}</Button>
            </Link>
          ) : null}
          {mayPropose ? (
            <>
              <Button icon={<SwapOutlined />} onClick={() => setEditing('mode')}>
                {t('rules.changeMode')}
              </Button>
              <Button type="primary" icon={<EditOutlined />} onClick={() => setEditing('parameters')}>
                {t('rules.changeParameters')}
              </Button>
            </>
          ) : null}
        </div>
      </div>
      <Notices rule={rule} />
      <div className="beside wide-left">
        <Meaning rule={rule} />
        <Standing rule={rule} />
      </div>
      <div className="beside even">
        <div>
          <div className="panel">
            <h2>{t('rules.parameters')}</h2>
            <ParameterTable parameters={rule.parameters} />
          </div>
          {rule.threshold ? (
            <ThresholdChart
              key={rule.version}
              rule={rule}
              {...(mayPropose ? { onPropose: setPreset } : {})}
            />
          ) : null}
        </div>
        <div className="panel">
          <h2>
            {t('rules.text')} <span className="muted">{rule.textVersion.slice(0, 12)}</span>
          </h2>
          <RuleSql sql={rule.sql} />
        </div>
      </div>
      <Records rule={rule} />
      {editing === 'parameters' || preset !== undefined ? (
        <ParameterModal
          rule={rule}
          preset={rule.threshold && preset ? { [rule.threshold]: preset } : {}}
          onClose={close}
        />
      ) : null}
      {editing === 'mode' ? <ModeModal rule={rule} onClose={close} /> : null}
    </div>
  )
}

function Notices({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  return (
    <>
      {rule.waiting ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('rules.waitingHere')}
          action={<Link to={`/rule-proposals?opened=${rule.waiting}`}>{t('rules.look')}</Link>}
        />
      ) : null}
      {rule.coming ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('rules.comingHere', { number: rule.coming.version, date: rule.coming.validFrom })}
        />
      ) : null}
    </>
  )
}

function Meaning({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  return (
    <div className="panel">
      <h2>{t('rules.reading')}</h2>
      <ReadingText rule={rule} />
      <dl className="facts">
        <dt>{t('rules.basis')}</dt>
        <dd>
          {rule.basis.map((basis) => (
            <div key={basis.zh}>
              {inLanguage(basis)}{' '}
              <StateTag tone={basis.certainty === 'law' ? 'done' : 'none'}>
                {t(`rules.certainty.${basis.certainty}`)}
              </StateTag>
            </div>
          ))}
        </dd>
        {rule.registerBasis ? (
          <>
            <dt>{t('rules.registerBasis')}</dt>
            <dd>{inLanguage(rule.registerBasis)}</dd>
          </>
        ) : null}
        <dt>{t('rules.levels')}</dt>
        <dd>
          {rule.decides.map(({ level, when }) => (
            <div key={level} className="level-line">
              <LevelTag level={level} /> {inLanguage(when)}
            </div>
          ))}
        </dd>
        <dt>{t('rules.conditions')}</dt>
        <dd>{rule.conditions.map(({ title }) => inLanguage(title)).join(t('rules.semicolon'))}</dd>
      </dl>
    </div>
  )
}

/** How the rule stands: its last run, what was found on trial, and how often it was right. */
function Standing({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  const precision = usePrecision().data?.get(rule.code)
  const names = (datasets: RuleDetail['reads']['required']) =>
    datasets.map(({ title }) => inLanguage(title)).join(t('rules.comma'))
  return (
    <div className="panel">
      <h2>{t('rules.standing')}</h2>
      <dl className="facts">
        <dt>{t('rules.lastRun')}</dt>
        <dd>
          <RunState run={rule.lastRun} />
          {rule.lastRun ? <div className="muted">{shanghaiTime(rule.lastRun.finishedAt)}</div> : null}
        </dd>
        <dt>{t('rules.hits')}</dt>
        <dd>{(rule.lastRun?.state === 'ok' ? rule.lastRun.hits : null) ?? '—'}</dd>
        <dt>{t('rules.suppressed')}</dt>
        <dd>{(rule.lastRun?.state === 'ok' ? rule.lastRun.suppressed : null) ?? '—'}</dd>
        <dt>{t('rules.trialHits')}</dt>
        <dd>{rule.trialHits}</dd>
        <dt>{t('rules.precision')}</dt>
        <dd>
          {percentOf(precision?.precision)}{' '}
          <span className="muted">
            {t('rules.precisionOf', {
              confirmed: precision?.confirmed ?? 0,
              normal: precision?.normal ?? 0,
              raised: precision?.raised ?? 0,
            })}
          </span>
        </dd>
        <dt>{t('rules.version')}</dt>
        <dd>
          {rule.version === 0 ? t('rules.asShipped') : t('rules.versionNumber', { number: rule.version })}
        </dd>
        <dt>{t('rules.judges')}</dt>
        <dd>
          {t(`rules.judging.${rule.judges}`)} · {t(`rules.sights.${rule.sight}`)}
        </dd>
        <dt>{t('rules.required')}</dt>
        <dd>{names(rule.reads.required)}</dd>
        {rule.reads.optional.length > 0 ? (
          <>
            <dt>{t('rules.optional')}</dt>
            <dd>{names(rule.reads.optional)}</dd>
          </>
        ) : null}
      </dl>
    </div>
  )
}

function Records({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const items = [
    {
      key: 'examples',
      label: t('rules.examples', { count: rule.examples.length }),
      children: <ExampleList rule={rule} />,
    },
    {
      key: 'versions',
      label: t('rules.versions', { count: rule.versions.length }),
      children: <VersionList versions={rule.versions} present={rule.version} parameters={rule.parameters} />,
    },
    { key: 'runs', label: t('rules.runs'), children: <RunList runs={rule.runs} /> },
    ...(may(session, 'rules.read_trial_hits')
      ? [
          {
            key: 'trial',
            label: t('rules.trialTab', { count: rule.trialHits }),
            children: <TrialHits rule={rule} />,
          },
        ]
      : []),
  ]
  return (
    <div className="panel">
      <Tabs items={items} />
    </div>
  )
}
