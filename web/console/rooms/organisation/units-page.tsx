import './organisation.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  useListAddress,
} from '../../../kit/index.ts'
import { unitTone } from './unit-content.tsx'
import { UnitDrawer } from './unit-drawer.tsx'
import { useRegions } from './use-regions.ts'

type Unit = components['schemas']['Unit']

const names = ['q', 'regionCode', 'kind', 'state', 'asOf'] as const
const kinds = ['organ', 'institution', 'enterprise', 'social', 'village'] as const

/** Units under supervision, as they are or as they were on a day. */
export function UnitsPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const [opened, setOpened] = useState<string>()
  const regions = useRegions()
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['units', 'list', conditions, cursor],
    queryFn: () =>
      answered<ListData<Unit>>(
        client.GET('/api/v1/units', { params: { query: { ...conditions, cursor, limit: 50 } as never } }),
      ),
  })
  return (
    <>
      <ListPage<Unit, (typeof names)[number]>
        name="units"
        title={t('organisation.units')}
        address={address}
        fields={[
          { name: 'q', label: t('organisation.search'), kind: 'text' },
          { name: 'regionCode', label: t('organisation.region'), kind: 'choice', options: regions },
          {
            name: 'kind',
            label: t('organisation.kind'),
            kind: 'choice',
            options: kinds.map((value) => ({ value, label: t(`organisation.kinds.${value}`) })),
          },
          {
            name: 'state',
            label: t('organisation.state'),
            kind: 'choice',
            options: (['open', 'closed'] as const).map((value) => ({
              value,
              label: t(`organisation.states.${value}`),
            })),
          },
          { name: 'asOf', label: t('organisation.asOf'), kind: 'date' },
        ]}
        columns={useColumns()}
        rowKey="unitCode"
        query={list}
        onOpen={(unit) => setOpened(unit.unitCode)}
      />
      {opened ? <UnitDrawer unitCode={opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  )
}

function useColumns(): ListColumn<Unit>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'unitName',
      title: t('organisation.unitName'),
      width: 260,
      render: (_value, { unitCode, unitName }) => (
        <Link to={`/units/${encodeURIComponent(unitCode)}`}>{unitName}</Link>
      ),
    },
    { key: 'unitCode', title: t('organisation.unitCode'), dataIndex: 'unitCode', width: 120 },
    { key: 'creditCode', title: t('organisation.creditCode'), dataIndex: 'creditCode', width: 190 },
    { key: 'regionName', title: t('organisation.region'), dataIndex: 'regionName', width: 140 },
    {
      key: 'kind',
      title: t('organisation.kind'),
      width: 110,
      render: (_value, { kind }) => (kind ? t(`organisation.kinds.${kind}`) : '—'),
    },
    {
      key: 'state',
      title: t('organisation.state'),
      width: 110,
      render: (_value, { state }) => (
        <StateTag tone={unitTone[state]}>{t(`organisation.states.${state}`)}</StateTag>
      ),
    },
    { key: 'validFrom', title: t('organisation.validFrom'), dataIndex: 'validFrom', width: 120 },
  ]
}
