import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { StateTag, shanghaiTime } from '../../../kit/index.ts'
import { modeTone, type RuleRun } from './rule.ts'
import { RunState } from './run-state.tsx'

/** How the rule went, newest first. */
export function RunList({ runs }: { runs: readonly RuleRun[] }) {
  const { t } = useTranslation()
  return (
    <Table<RuleRun>
      size="small"
      rowKey="runId"
      pagination={false}
      dataSource={[...runs]}
      locale={{ emptyText: t('rules.noRuns') }}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'at', title: t('rules.ranAt'), render: (_value, run) => shanghaiTime(run.finishedAt) },
        { key: 'cause', title: t('rules.cause'), render: (_value, run) => t(`rules.causes.${run.cause}`) },
        { key: 'asOf', title: t('rules.asOf'), dataIndex: 'asOf' },
        { key: 'state', title: t('rules.state'), render: (_value, run) => <RunState run={run} /> },
        {
          key: 'mode',
          title: t('rules.mode'),
          render: (_value, { mode }) => <StateTag tone={modeTone[mode]}>{t(`rules.modes.${mode}`)}</StateTag>,
        },
        {
          key: 'configuration',
          title: t('rules.version'),
          render: (_value, { configuration }) =>
            configuration === 0 ? t('rules.asShipped') : t('rules.versionNumber', { number: configuration }),
        },
        {
          key: 'rows',
          title: t('rules.rowsRead'),
          dataIndex: 'rowsRead',
          align: 'right',
          className: 'numeric',
        },
        { key: 'hits', title: t('rules.hits'), dataIndex: 'hits', align: 'right', className: 'numeric' },
        {
          key: 'suppressed',
          title: t('rules.suppressed'),
          dataIndex: 'suppressed',
          align: 'right',
          className: 'numeric',
        },
        {
          key: 'milliseconds',
          title: t('rules.milliseconds'),
          dataIndex: 'milliseconds',
          align: 'right',
          className: 'numeric',
        },
      ]}
      expandable={{
        rowExpandable: ({ error }) => error !== null,
        expandedRowRender: ({ error }) => <pre className="source">{error}</pre>,
      }}
    />
  )
}
