import './rules.css'
import { PlayCircleOutlined, ReloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown, Input, Segmented, Select, Table, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { answered, client, ErrorState, useListAddress } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type RuleRow, ruleModes } from './rule.ts'
import { useRuleColumns } from './use-rule-columns.tsx'
import { usePrecision, useRules } from './use-rules.ts'

const names = ['pack', 'mode', 'state', 'text'] as const
const states = ['hits', 'none', 'not_computable', 'failed', 'waiting'] as const

/** Every rule of every pack: how it is configured, how its last run went, and how often it was right. */
export function RulesPage() {
  const { t } = useTranslation()
  const go = useNavigate()
  const address = useListAddress(names)
  const rules = useRules()
  const precision = usePrecision()
  const { conditions, narrow } = address
  const packs = [...new Map((rules.data ?? []).map((rule) => [rule.pack, rule.packTitle])).entries()]
  const shown = (rules.data ?? []).filter((rule) => matches(rule, conditions))
  const set = (entry: typeof conditions) => narrow({ ...conditions, ...entry })
  const columns = useRuleColumns(precision.data)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('rules.title')}</h1>
        <span className="note" aria-live="polite">
          {rules.data ? t('rules.count', { count: shown.length, total: rules.data.length }) : ''}
        </span>
        <div className="right no-print">
          <RunNow packs={packs} />
          <Button icon={<ReloadOutlined />} onClick={() => void rules.refetch()}>
            {t('kit.list.refresh')}
          </Button>
        </div>
      </div>
      <div className="panel narrowing no-print">
        <Segmented
          value={conditions.pack ?? ''}
          onChange={(pack) => set({ pack })}
          options={[
            { value: '', label: t('kit.all') },
            ...packs.map(([value, title]) => ({ value, label: inLanguage(title) })),
          ]}
        />
        <Select
          allowClear
          aria-label={t('rules.mode')}
          placeholder={t('rules.mode')}
          style={{ width: 140 }}
          value={conditions.mode}
          onChange={(mode?: string) => set({ mode: mode ?? '' })}
          options={ruleModes.map((value) => ({ value, label: t(`rules.modes.${value}`) }))}
        />
        <Select
          allowClear
          aria-label={t('rules.lastRun')}
          placeholder={t('rules.lastRun')}
          style={{ width: 180 }}
          value={conditions.state}
          onChange={(state?: string) => set({ state: state ?? '' })}
          options={states.map((value) => ({ value, label: t(`rules.filters.${value}`) }))}
        />
        <Input.Search
          allowClear
          placeholder={t('rules.searchHint')}
          defaultValue={conditions.text}
          style={{ width: 240 }}
          onSearch={(text) => set({ text })}
        />
      </div>
      <div className="panel">
        {rules.isError ? (
          <ErrorState error={rules.error} retry={() => void rules.refetch()} />
        ) : (
          <Table<RuleRow>
            size="small"
            rowKey="code"
            columns={columns}
            dataSource={shown}
            loading={rules.isPending}
            pagination={false}
            scroll={{ x: 'max-content' }}
            sticky
            locale={{ emptyText: t('rules.noneFound') }}
            onRow={(rule) => ({
              onClick: (event) => {
                if (!(event.target as HTMLElement).closest('a, button')) void go(`/rules/${rule.code}`)
              },
              style: { cursor: 'pointer' },
            })}
          />
        )}
        <p className="muted">
          {t('rules.precisionNote')} <Link to="/rule-proposals">{t('rules.toProposals')}</Link>
        </p>
      </div>
    </div>
  )
}

function matches(rule: RuleRow, conditions: Partial<Record<(typeof names)[number], string>>): boolean {
  const { pack, mode, state, text } = conditions
  const run = rule.lastRun
  const words = [rule.code, rule.title.zh, rule.title.en].join(' ').toLowerCase()
  const inState = {
    hits: (run?.hits ?? 0) > 0,
    none: run?.state === 'ok' && run.hits === 0,
    not_computable: run?.state === 'not_computable',
    failed: run?.state === 'failed' || run?.state === 'timed_out',
    waiting: rule.waiting !== null,
  }
  return (
    (!pack || rule.pack === pack) &&
    (!mode || rule.mode === mode) &&
    (!state || inState[state as (typeof states)[number]]) &&
    (!text || words.includes(text.toLowerCase()))
  )
}

function RunNow({ packs }: { packs: readonly (readonly [string, { zh: string; en: string }])[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const session = useCurrentSession()
  const run = useMutation({
    mutationFn: (pack: string) =>
      answered(client.POST('/api/v1/rule-runs', { body: { pack: pack as 'fiscal' } })),
    onSuccess: () => void message.success(t('rules.runAsked'), 6),
    onError: () => void message.error(t('kit.error.unknown')),
  })
  if (!may(session, 'rules.run')) return null
  const items = packs.map(([key, title]) => ({ key, label: inLanguage(title) }))
  return (
    <Tooltip title={t('rules.runHint')}>
      <Dropdown menu={{ items, onClick: ({ key }) => run.mutate(key) }}>
        <Button icon={<PlayCircleOutlined />} loading={run.isPending}>
          {t('rules.runNow')}
        </Button>
      </Dropdown>
    </Tooltip>
  )
}
