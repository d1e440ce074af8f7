import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { groupedYuan, StateTag } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import { HitHead } from './hit-head.tsx'
import { RecordFacts } from './record-facts.tsx'
import { RowsTable } from './rows-table.tsx'
import type { ExplainedHit } from './use-explanation.ts'

/** What happened: the records, and the rows that made the sum. */
export function WhatHappened({ hits }: { hits: readonly ExplainedHit[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel">
      <h2>{t('explain.whatHappened')}</h2>
      {hits.map((hit) => (
        <div key={hit.hitId} className="explained">
          {hits.length > 1 ? <HitHead hit={hit} /> : null}
          <Records hit={hit} />
          <Contributing hit={hit} />
        </div>
      ))}
    </section>
  )
}

/** A single record is told column by column; several of a kind (lines, claims) are a table. */
function Records({ hit }: { hit: ExplainedHit }) {
  return hit.records.map((shown) => (
    <div key={shown.dataset}>
      <h3>{inLanguage(shown.title)}</h3>
      {shown.rows.length === 1 && shown.dataset !== 'invoice_line' ? (
        <RecordFacts shown={shown} marks={hit.words} />
      ) : (
        <RowsTable shown={shown} marks={hit.words} />
      )}
    </div>
  ))
}

function Contributing({ hit }: { hit: ExplainedHit }) {
  const { t } = useTranslation()
  const { contributing } = hit
  if (!contributing || contributing.rows.length + contributing.outOfSight === 0) return null
  const place = contributing.columns.findIndex(({ name }) => name === 'amount')
  return (
    <>
      <h3>{t('explain.contributing', { count: contributing.rows.length + contributing.outOfSight })}</h3>
      <RowsTable
        shown={contributing}
        marks={hit.words}
        summary={
          place > 0 ? (
            <Table.Summary.Row className="sum-row">
              <Table.Summary.Cell index={0} colSpan={place}>
                {t('explain.sum')}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={place} align="right">
                <span className="numeric">{groupedYuan(contributing.sum)}</span>
              </Table.Summary.Cell>
              <Table.Summary.Cell index={place + 1} colSpan={contributing.columns.length - place - 1}>
                {contributing.agrees ? (
                  <StateTag tone="done">{t('explain.sumAgrees')}</StateTag>
                ) : (
                  <StateTag tone="yellow">
                    {t('explain.sumDiffers', { stated: groupedYuan(contributing.stated) })}
                  </StateTag>
                )}
              </Table.Summary.Cell>
            </Table.Summary.Row>
          ) : undefined
        }
      />
    </>
  )
}
