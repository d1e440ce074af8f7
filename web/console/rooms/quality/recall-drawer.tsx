import { useQuery } from '@tanstack/react-query'
import { Drawer, Spin, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, LevelTag, StateTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { qualityKey } from './quality.ts'

type Rows = components['schemas']['RuleRecallRows']

/** The rows behind a rule's recall: what was planted and whether it was found, or the rule's examples. */
export function RecallDrawer(props: { rule: string; title: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { rule } = props
  const rows = useQuery({
    queryKey: [qualityKey, 'recall', rule],
    queryFn: () => answered<Rows>(client.GET('/api/v1/rule-recall/{rule}', { params: { path: { rule } } })),
  })
  return (
    <Drawer open size={860} title={props.title} onClose={props.onClose}>
      {rows.isPending ? <Spin className="page-spin" /> : null}
      {rows.isError ? <ErrorState error={rows.error} retry={() => void rows.refetch()} /> : null}
      {rows.data?.source === 'planted' ? <Planted rows={rows.data.planted} /> : null}
      {rows.data?.source === 'examples' ? (
        <Table
          size="small"
          rowKey={({ name }) => name.en}
          pagination={false}
          dataSource={rows.data.examples}
          columns={[
            { title: t('quality.example'), render: (_value, { name }) => inLanguage(name) },
            {
              title: t('quality.outcome'),
              width: 120,
              render: (_value, { passed }) => <Found found={passed} />,
            },
          ]}
        />
      ) : null}
    </Drawer>
  )
}

function Planted({ rows }: { rows: Rows['planted'] }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="muted">{t('quality.plantedNote')}</p>
      <Table
        size="small"
        rowKey={(row) => `${row.condition} ${row.note} ${row.alertNumber} ${row.onDate} ${row.unitCode}`}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('quality.level'),
            width: 90,
            render: (_value, { level }) => <LevelTag level={level} />,
          },
          { title: t('quality.note'), dataIndex: 'note', width: 260 },
          {
            title: t('quality.onDate'),
            width: 110,
            render: (_value, { onDate }) => onDate ?? <span className="muted">—</span>,
          },
          {
            title: t('quality.outcome'),
            width: 100,
            render: (_value, { level, foundLevel }) => <Found found={level === foundLevel} />,
          },
          {
            title: t('quality.alert'),
            width: 170,
            render: (_value, { alertId, alertNumber }) =>
              alertId ? (
                <Link to={`/alerts/${alertId}`}>{alertNumber}</Link>
              ) : (
                <span className="muted">—</span>
              ),
          },
        ]}
      />
    </>
  )
}

function Found({ found }: { found: boolean }) {
  const { t } = useTranslation()
  return <StateTag tone={found ? 'done' : 'red'}>{t(found ? 'quality.found' : 'quality.notFound')}</StateTag>
}
