import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Spin, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState } from '../../../kit/index.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'

type UnitDetail = components['schemas']['UnitDetail']

/** One unit with what it was called before, where it belongs and what became of it. */
export function UnitDrawer(props: {
  unitCode: string
  onOpen: (unitCode: string) => void
  onClose: () => void
}) {
  const { unitCode } = props
  const unit = useQuery({
    queryKey: ['units', 'detail', unitCode],
    queryFn: () =>
      answered<UnitDetail>(client.GET('/api/v1/units/{unitCode}', { params: { path: { unitCode } } })),
  })
  return (
    <Drawer open size={520} title={unit.data?.unitName ?? unitCode} onClose={props.onClose}>
      {unit.isPending ? <Spin className="page-spin" /> : null}
      {unit.isError ? <ErrorState error={unit.error} /> : null}
      {unit.data ? <UnitFacts unit={unit.data} onOpen={props.onOpen} /> : null}
    </Drawer>
  )
}

function UnitFacts({ unit, onOpen }: { unit: UnitDetail; onOpen: (unitCode: string) => void }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const related: readonly (readonly [string, UnitDetail['children']])[] = [
    ['parent', unit.parent ? [unit.parent] : []],
    ['successor', unit.successor ? [unit.successor] : []],
    ['predecessors', unit.predecessors],
    ['children', unit.children],
  ]
  return (
    <>
      <dl className="facts">
        <dt>{t('organisation.unitCode')}</dt>
        <dd>{unit.unitCode}</dd>
        <dt>{t('organisation.creditCode')}</dt>
        <dd>{unit.creditCode ?? '—'}</dd>
        <dt>{t('organisation.region')}</dt>
        <dd>{unit.regionName ?? unit.regionCode}</dd>
        <dt>{t('organisation.state')}</dt>
        <dd>{t(`organisation.states.${unit.state}`)}</dd>
        {related
          .filter(([, units]) => units.length > 0)
          .map(([key, units]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`organisation.${key}`)}</dt>
              <dd>
                {units.map((other) => (
                  <Button
                    key={other.unitCode}
                    type="link"
                    size="small"
                    onClick={() => onOpen(other.unitCode)}
                  >
                    {other.unitName}
                  </Button>
                ))}
              </dd>
            </div>
          ))}
      </dl>
      <h2 style={{ fontSize: 15, marginTop: 24 }}>{t('organisation.history')}</h2>
      <Timeline
        items={unit.history.map((version) => ({
          key: version.validFrom,
          content: (
            <>
              <span className="muted">
                {version.validFrom} — {version.validTo ?? t('organisation.today')}
              </span>{' '}
              {version.unitName}
            </>
          ),
        }))}
      />
      {may(session, 'alerts.read') ? (
        <Link to={`/alerts?unit=${unit.unitCode}`}>{t('organisation.alerts')}</Link>
      ) : null}
    </>
  )
}
