import './rules.css'
import { Alert, Button, Segmented, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ErrorState, useListAddress } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type DraftedRow, drafted, filed, GradingEditor } from './grading-editor.tsx'
import { GradingRows } from './grading-rows.tsx'
import { ProposeModal } from './propose-modal.tsx'
import type { ConfiguredObject, GradingRow } from './rule.ts'
import { useConfigured } from './use-rules.ts'
import { VersionList } from './version-list.tsx'

/** How the hits at one anchor become an alert's level, for each pack: rows in order, the first that holds decides. */
export function DecisionTablesPage() {
  const { t } = useTranslation()
  const tables = useConfigured('decision-tables')
  const address = useListAddress(['pack'] as const)
  const opened = tables.data?.find(({ object }) => object === address.conditions.pack) ?? tables.data?.[0]
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('rules.decisionTables')}</h1>
        <span className="note">{t('rules.decisionNote')}</span>
      </div>
      {tables.isPending ? <Spin className="page-spin" /> : null}
      {tables.isError ? <ErrorState error={tables.error} retry={() => void tables.refetch()} /> : null}
      {opened ? (
        <>
          <Segmented
            style={{ marginBottom: 16 }}
            value={opened.object}
            onChange={(pack) => address.narrow({ pack })}
            options={(tables.data ?? []).map(({ object, title }) => ({
              value: object,
              label: inLanguage(title),
            }))}
          />
          <DecisionTable
            key={`${opened.object} ${opened.newestVersion} ${opened.waiting ?? ''}`}
            table={opened}
          />
        </>
      ) : null}
    </div>
  )
}

function DecisionTable({ table }: { table: ConfiguredObject }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const { rows: newest } = table.newest as { rows: readonly GradingRow[] }
  const { rows: present } = table.content as { rows: readonly GradingRow[] }
  const [draft, setDraft] = useState<readonly DraftedRow[]>()
  const [filing, setFiling] = useState(false)
  const mayEdit = may(session, 'rules.propose') && table.waiting === null
  const changed = draft && JSON.stringify(filed(draft)) !== JSON.stringify(newest)
  return (
    <div className={draft ? 'beside' : 'beside even'}>
      <div className="panel">
        <div className="version-head">
          <h2>{draft ? t('rules.draft') : t('rules.presentTable')}</h2>
          {mayEdit ? (
            <span className="right">
              {draft ? (
                <>
                  <Button onClick={() => setDraft(undefined)}>{t('rules.discard')}</Button>{' '}
                  <Button type="primary" disabled={!changed} onClick={() => setFiling(true)}>
                    {t('rules.proposeTable')}
                  </Button>
                </>
              ) : (
                <Button onClick={() => setDraft(drafted(newest))}>{t('rules.editTable')}</Button>
              )}
            </span>
          ) : null}
        </div>
        {table.waiting ? (
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 16 }}
            title={t('rules.waitingHere')}
            action={<Link to={`/rule-proposals?opened=${table.waiting}`}>{t('rules.look')}</Link>}
          />
        ) : null}
        {draft ? (
          <GradingEditor pack={table.object} rows={draft} onChange={setDraft} />
        ) : (
          <GradingRows rows={present} />
        )}
      </div>
      <div className="panel">
        <h2>{t('rules.versions', { count: table.versions.length })}</h2>
        <VersionList versions={table.versions} present={table.version} />
      </div>
      {filing && draft ? (
        <ProposeModal
          wide
          title={t('rules.changeOf', { rule: inLanguage(table.title) })}
          planned={table.coming?.validFrom}
          draft={() => ({
            kind: 'grading',
            object: table.object,
            baseVersion: table.newestVersion,
            content: { rows: filed(draft) },
          })}
          onClose={() => setFiling(false)}
        >
          <div className="tables-beside">
            <div className="before">
              <GradingRows rows={newest} />
            </div>
            <div className="after">
              <GradingRows rows={filed(draft)} />
            </div>
          </div>
        </ProposeModal>
      ) : null}
    </div>
  )
}
