import './organisation.css'
import { Empty, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { type OrganisationNode, OrganisationTree } from './organisation-tree.tsx'
import { PostsPanel } from './posts-panel.tsx'
import { UnitContent } from './unit-content.tsx'
import { useUnit } from './use-unit.ts'

/** Divisions, organs and units as a tree; what is chosen stands beside it. The choice is in the address. */
export function OrganisationPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const [unit, organ] = [address.get('unit') ?? undefined, address.get('organ') ?? undefined]
  const detail = useUnit(unit)
  const choose = (node: OrganisationNode) => {
    if (node.kind !== 'region') setAddress({ [node.kind]: node.code, name: node.name }, { replace: true })
  }
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('organisation.title')}</h1>
        <span className="note">{t('organisation.note')}</span>
      </div>
      <div className="organisation">
        <section className="panel organisation-tree">
          <OrganisationTree chosen={unit ?? organ} reveal={detail.data?.regionCode} onChoose={choose} />
        </section>
        <div className="organisation-chosen">
          {unit ? (
            <ChosenUnit unitCode={unit} />
          ) : organ ? (
            <ChosenOrgan organCode={organ} name={address.get('name') ?? organ} />
          ) : (
            <section className="panel">
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('organisation.nothingChosen')} />
            </section>
          )}
        </div>
      </div>
    </div>
  )
}

function ChosenUnit({ unitCode }: { unitCode: string }) {
  const unit = useUnit(unitCode)
  if (unit.isError) return <ErrorState error={unit.error} retry={() => void unit.refetch()} />
  if (!unit.data) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <>
      <h2 className="chosen-name">
        <Link to={`/units/${encodeURIComponent(unitCode)}`}>{unit.data.unitName}</Link>
      </h2>
      <UnitContent unit={unit.data} />
    </>
  )
}

function ChosenOrgan({ organCode, name }: { organCode: string; name: string }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  return (
    <>
      <h2 className="chosen-name">{name}</h2>
      {may(session, 'organisation.read_people') ? (
        <PostsPanel place={{ organCode }} open />
      ) : (
        <section className="panel">
          <p className="muted">{t('organisation.peopleHidden')}</p>
        </section>
      )}
    </>
  )
}
