import './organisation.css'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ErrorState } from '../../../kit/index.ts'
import { UnitContent } from './unit-content.tsx'
import { useUnit } from './use-unit.ts'

/** A unit on a page of its own. */
export function UnitPage() {
  const { t } = useTranslation()
  const { unitCode = '' } = useParams()
  const unit = useUnit(unitCode)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{unit.data?.unitName ?? t('organisation.unit')}</h1>
        <span className="note">{unitCode}</span>
        <span className="right">
          <Link to={`/organisation?unit=${encodeURIComponent(unitCode)}`}>{t('organisation.inTree')}</Link>
        </span>
      </div>
      {unit.isError ? (
        <ErrorState error={unit.error} retry={() => void unit.refetch()} />
      ) : unit.data ? (
        <UnitContent unit={unit.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  )
}
