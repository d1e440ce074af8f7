import { type TableColumnsType, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { LevelTag, StateTag, shanghaiTime } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { modeTone, type RuleRow } from './rule.ts'
import { RunState } from './run-state.tsx'

type Precision = components['schemas']['RulePrecisionSoFar']

/** `0.8333` as `83.3%`. */
export function percentOf(precision: string | null | undefined): string {
  if (!precision) return '—'
  const share = Number(precision)
  // What is not all of them is never rounded up to all of them.
  return share === 1 ? '100%' : `${Math.min(share * 100, 99.9).toFixed(1)}%`
}

/** The columns of the list of rules. */
export function useRuleColumns(
  precision: ReadonlyMap<string, Precision> | undefined,
): TableColumnsType<RuleRow> {
  const { t } = useTranslation()
  return [
    {
      key: 'title',
      title: t('rules.rule'),
      fixed: 'left',
      width: 260,
      render: (_value, rule) => (
        <>
          <Link to={`/rules/${rule.code}`}>{rule.code}</Link> {inLanguage(rule.title)}
        </>
      ),
    },
    {
      key: 'levels',
      title: t('rules.levels'),
      width: 220,
      render: (_value, { levels }) => (
        <span className="tags">
          {levels.map((level) => (
            <LevelTag key={level} level={level} />
          ))}
        </span>
      ),
    },
    {
      key: 'judges',
      title: t('rules.judges'),
      width: 120,
      render: (_value, { group, judges }) => (
        <>
          {t(`rules.groups.${group}`)} · {t(`rules.judging.${judges}`)}
        </>
      ),
    },
    {
      key: 'mode',
      title: t('rules.mode'),
      width: 95,
      render: (_value, { mode }) => <StateTag tone={modeTone[mode]}>{t(`rules.modes.${mode}`)}</StateTag>,
    },
    {
      key: 'version',
      title: t('rules.version'),
      width: 120,
      render: (_value, rule) => <Version rule={rule} />,
    },
    {
      key: 'state',
      title: t('rules.lastRun'),
      width: 150,
      render: (_value, { lastRun }) => <RunState run={lastRun} />,
    },
    {
      key: 'hits',
      title: t('rules.hits'),
      width: 70,
      align: 'right',
      className: 'numeric',
      render: (_value, { lastRun, trialHits }) =>
        lastRun?.state === 'ok' ? (
          <Tooltip title={shanghaiTime(lastRun.finishedAt)}>
            {lastRun.hits ?? '—'}
            {trialHits > 0 ? (
              <span className="muted"> {t('rules.trialCount', { count: trialHits })}</span>
            ) : null}
          </Tooltip>
        ) : (
          <span className="muted">—</span>
        ),
    },
    {
      key: 'precision',
      title: t('rules.precision'),
      width: 110,
      align: 'right',
      className: 'numeric',
      render: (_value, { code }) => {
        const line = precision?.get(code)
        const judged = line ? line.confirmed + line.normal : 0
        return (
          <>
            {percentOf(line?.precision)} <span className="muted">{t('rules.judged', { count: judged })}</span>
          </>
        )
      },
    },
  ]
}

function Version({ rule }: { rule: RuleRow }) {
  const { t } = useTranslation()
  return (
    <span className="tags">
      {rule.version === 0 ? t('rules.asShipped') : t('rules.versionNumber', { number: rule.version })}
      {rule.coming ? (
        <StateTag tone="blue">{t('rules.comingOn', { date: rule.coming.validFrom })}</StateTag>
      ) : null}
      {rule.waiting ? (
        <Link to={`/rule-proposals?opened=${rule.waiting}`}>
          <StateTag tone="yellow">{t('rules.waiting')}</StateTag>
        </Link>
      ) : null}
    </span>
  )
}
