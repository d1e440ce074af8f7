import { Button, Table, Timeline } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StateTag } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { PostsPanel } from './posts-panel.tsx'
import { type ChangeKind, changeKinds, UnitChangeModal } from './unit-change-modal.tsx'
import type { UnitDetail } from './unit-detail.ts'

export const unitTone = { open: 'done', closed: 'none', merged: 'yellow' } as const

/** Everything about one unit: what it is, what it was, what was changed, and who holds its posts. */
export function UnitContent({ unit }: { unit: UnitDetail }) {
  const session = useCurrentSession()
  return (
    <>
      <FactsPanel unit={unit} />
      <HistoryPanel unit={unit} />
      {may(session, 'organisation.read_people') ? (
        <PostsPanel place={{ unitCode: unit.unitCode }} open={unit.state === 'open'} />
      ) : null}
    </>
  )
}

function FactsPanel({ unit }: { unit: UnitDetail }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [changing, setChanging] = useState<ChangeKind>()
  const related = [
    ['parent', unit.parent ? [unit.parent] : []],
    ['successor', unit.successor ? [unit.successor] : []],
    ['predecessors', unit.predecessors],
    ['children', unit.children],
  ] as const
  return (
    <section className="panel">
      <dl className="facts two-columns">
        <dt>{t('organisation.state')}</dt>
        <dd>
          <StateTag tone={unitTone[unit.state]}>{t(`organisation.states.${unit.state}`)}</StateTag>
        </dd>
        <dt>{t('organisation.kind')}</dt>
        <dd>{unit.kind ? t(`organisation.kinds.${unit.kind}`) : '—'}</dd>
        <dt>{t('organisation.unitCode')}</dt>
        <dd>{unit.unitCode}</dd>
        <dt>{t('organisation.creditCode')}</dt>
        <dd>{unit.creditCode ?? '—'}</dd>
        <dt>{t('organisation.region')}</dt>
        <dd>{unit.regionName ?? unit.regionCode}</dd>
        {related
          .filter(([, units]) => units.length > 0)
          .map(([key, units]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`organisation.${key}`)}</dt>
              <dd className="related-units">
                {units.map((other) => (
                  <Link key={other.unitCode} to={`/units/${encodeURIComponent(other.unitCode)}`}>
                    {other.unitName}
                  </Link>
                ))}
              </dd>
            </div>
          ))}
      </dl>
      <div className="unit-acts no-print">
        {may(session, 'alerts.read') ? (
          <Link to={`/alerts?unit=${unit.unitCode}`}>{t('organisation.alerts')}</Link>
        ) : null}
        {may(session, 'organisation.manage_units') && unit.state === 'open'
          ? changeKinds.map((kind) => (
              <Button key={kind} danger={kind === 'close'} onClick={() => setChanging(kind)}>
                {t(`organisation.changes.${kind}`)}
              </Button>
            ))
          : null}
      </div>
      {changing ? (
        <UnitChangeModal unit={unit} kind={changing} onClose={() => setChanging(undefined)} />
      ) : null}
    </section>
  )
}

function HistoryPanel({ unit }: { unit: UnitDetail }) {
  const { t } = useTranslation()
  const until = (day: string | null) => day ?? t('organisation.today')
  return (
    <section className="panel">
      <h2>{t('organisation.history')}</h2>
      <Timeline
        items={unit.history.map((version) => ({
          key: version.validFrom,
          content: (
            <>
              <span className="muted tabular">
                {version.validFrom} — {until(version.validTo)}
              </span>{' '}
              {version.unitName} <span className="muted">{version.creditCode}</span>
            </>
          ),
        }))}
      />
      {unit.formerCodes.length > 0 ? (
        <>
          <h3>{t('organisation.formerCodes')}</h3>
          <Table
            size="small"
            rowKey="unitCode"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={unit.formerCodes}
            columns={[
              {
                title: t('organisation.unitCode'),
                dataIndex: 'unitCode',
                render: (code) => <Link to={`/units/${encodeURIComponent(code)}`}>{code}</Link>,
              },
              { title: t('organisation.unitName'), dataIndex: 'unitName' },
              { title: t('organisation.from'), dataIndex: 'validFrom' },
              { title: t('organisation.until'), dataIndex: 'validTo', render: until },
            ]}
          />
        </>
      ) : null}
      {unit.changes.length > 0 ? (
        <>
          <h3>{t('organisation.entered')}</h3>
          <Table
            size="small"
            rowKey="changeId"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={unit.changes}
            columns={[
              { title: t('organisation.effectiveOn'), dataIndex: 'effectiveOn' },
              {
                title: t('organisation.change'),
                dataIndex: 'kind',
                render: (kind) => t(`organisation.changes.${kind}`),
              },
              { title: t('organisation.was'), dataIndex: 'was', render: (text) => text ?? '—' },
              { title: t('organisation.became'), dataIndex: 'became', render: (text) => text ?? '—' },
              { title: t('organisation.documentNo'), dataIndex: 'documentNo', render: (text) => text ?? '—' },
              { title: t('kit.reason'), dataIndex: 'reason' },
            ]}
          />
        </>
      ) : null}
    </section>
  )
}
