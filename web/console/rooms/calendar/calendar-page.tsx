import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, shanghaiTime } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { CorrectionModal } from './correction-modal.tsx'
import { MonthGrid } from './month-grid.tsx'

type CalendarYear = components['schemas']['CalendarYear']

const months = Array.from({ length: 12 }, (_none, index) => index + 1)

/** The working calendar by which every term is counted, a year at a time. */
export function CalendarPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [year, setYear] = useState(Number(shanghaiTime(new Date().toISOString()).slice(0, 4)))
  const [correcting, setCorrecting] = useState<components['schemas']['CalendarDay']>()
  const calendar = useQuery({
    queryKey: ['calendar', year],
    queryFn: () =>
      answered<CalendarYear>(client.GET('/api/v1/calendar/{year}', { params: { path: { year } } })),
    placeholderData: (before) => before,
  })
  const mayCorrect = may(session, 'calendar.correct')
  const days = calendar.data?.days ?? []
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('calendar.title')}</h1>
        <span className="note">{t(mayCorrect ? 'calendar.noteCorrect' : 'calendar.note')}</span>
        <div className="right no-print">
          <Button
            aria-label={t('calendar.before')}
            icon={<LeftOutlined />}
            onClick={() => setYear(year - 1)}
          />
          <b style={{ alignSelf: 'center' }}>{year}</b>
          <Button
            aria-label={t('calendar.after')}
            icon={<RightOutlined />}
            onClick={() => setYear(year + 1)}
          />
        </div>
      </div>
      {calendar.isPending ? <Spin className="page-spin" /> : null}
      {calendar.isError ? <ErrorState error={calendar.error} retry={() => void calendar.refetch()} /> : null}
      {calendar.data && !calendar.data.published ? (
        <Alert type="warning" showIcon title={t('calendar.unpublished')} style={{ marginBottom: 16 }} />
      ) : null}
      <div className="months">
        {months.map((month) => {
          const prefix = `${year}-${String(month).padStart(2, '0')}`
          return (
            <MonthGrid
              key={prefix}
              title={t('calendar.month', { month })}
              days={days.filter((day) => day.onDate.startsWith(prefix))}
              {...(mayCorrect ? { onChoose: setCorrecting } : {})}
            />
          )
        })}
      </div>
      {calendar.data && calendar.data.corrections.length > 0 ? (
        <Corrections corrections={calendar.data.corrections} />
      ) : null}
      {correcting ? <CorrectionModal day={correcting} onClose={() => setCorrecting(undefined)} /> : null}
    </div>
  )
}

function Corrections({ corrections }: { corrections: CalendarYear['corrections'] }) {
  const { t } = useTranslation()
  return (
    <div className="panel">
      <h2>{t('calendar.corrections')}</h2>
      <Table
        size="small"
        rowKey="correctionId"
        pagination={false}
        dataSource={corrections}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('calendar.day'), dataIndex: 'onDate', width: 120 },
          {
            title: t('calendar.as'),
            dataIndex: 'isWorkday',
            width: 140,
            render: (work: boolean | null) =>
              work === null ? t('calendar.takenBack') : t(work ? 'calendar.work' : 'calendar.off'),
          },
          { title: t('calendar.holiday'), dataIndex: 'holiday', width: 140 },
          { title: t('kit.reason'), dataIndex: 'reason' },
          { title: t('calendar.madeAt'), dataIndex: 'madeAt', width: 160, render: shanghaiTime },
        ]}
      />
    </div>
  )
}
