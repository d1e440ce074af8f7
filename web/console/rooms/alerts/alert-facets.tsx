import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, type Level, LevelTag } from '../../../kit/index.ts'

type Facets = Readonly<Record<string, readonly { value: string; count: number; capped: boolean }[]>>
type Units = { readonly items: components['schemas']['AlertBoard']['units'] }
type Conditions = Readonly<Record<string, string | undefined>>

/** The facets beside the list, from top to bottom. */
const facets = ['level', 'rule', 'unit', 'state', 'age', 'overdue', 'pack'] as const
type Facet = (typeof facets)[number]
const counted = facets.filter((facet) => facet !== 'unit')

/** Rules and units are many: so many of each are shown, those with most alerts first. */
const mostShown = 10

/** What the list could be narrowed by, with how many alerts each choice would leave. A second click takes it back. */
export function AlertFacets(props: {
  conditions: Conditions
  onChoose: (facet: string, value: string | undefined) => void
}) {
  const { t } = useTranslation()
  const { sort: _sort, ...conditions } = props.conditions
  const asked = useQuery({
    queryKey: ['alerts', 'facets', conditions],
    queryFn: () =>
      answered<Facets>(
        client.GET('/api/v1/alert-facets', {
          params: { query: { ...conditions, of: counted.join(',') } as never },
        }),
      ),
    placeholderData: (before) => before,
  })
  const units = useUnitFacet(conditions)
  if (asked.isError) return <ErrorState error={asked.error} retry={() => void asked.refetch()} />
  if (!asked.data) return <Skeleton active paragraph={{ rows: 12 }} />
  const all: Facets = { ...asked.data, unit: units.values }
  return (
    <>
      {facets.map((facet) => {
        const values = all[facet] ?? []
        return values.length === 0 ? null : (
          <section key={facet} aria-label={t(`alerts.conditions.${facet}`)}>
            <h2>{t(`alerts.conditions.${facet}`)}</h2>
            <ul>
              {shown(facet, values).map(({ value, count, capped }) => (
                <li key={value}>
                  <button
                    type="button"
                    aria-pressed={chosen(props.conditions[facet], value)}
                    onClick={() =>
                      props.onChoose(facet, chosen(props.conditions[facet], value) ? undefined : value)
                    }
                  >
                    <span className="facet-name">
                      <FacetName facet={facet} value={value} unitName={units.names.get(value)} />
                    </span>
                    <span className="facet-count">
                      {count}
                      {capped ? '+' : ''}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

const chosen = (condition: string | undefined, value: string) =>
  condition?.split(',').includes(value) ?? false

function shown<Value extends { count: number }>(facet: Facet, values: readonly Value[]): readonly Value[] {
  if (facet !== 'rule' && facet !== 'unit') return values
  return [...values].sort((one, other) => other.count - one.count).slice(0, mostShown)
}

/** The units with most alerts come from the board, whose figures count what the list shows. */
function useUnitFacet({ unit: _unit, ...conditions }: Conditions) {
  const { data } = useQuery({
    queryKey: ['alerts', 'facets', 'unit', conditions],
    queryFn: () =>
      answered<{ units?: Units['items'] }>(
        client.GET('/api/v1/alert-board', { params: { query: { ...conditions, of: 'units' } as never } }),
      ),
    placeholderData: (before) => before,
  })
  const figures = data?.units ?? []
  return {
    values: figures.map(({ key, count }) => ({ value: key, count, capped: false })),
    names: new Map(figures.map(({ key, titleZh }) => [key, titleZh ?? key])),
  }
}

function FacetName({
  facet,
  value,
  unitName,
}: {
  facet: Facet
  value: string
  unitName: string | undefined
}) {
  const { t } = useTranslation()
  if (facet === 'level') return <LevelTag level={value as Level} />
  if (facet === 'state') return t(`alerts.states.${value}`)
  if (facet === 'age') return t(`alerts.ages.${value}`)
  if (facet === 'overdue') return t('alerts.yes')
  if (facet === 'pack') return t(`alerts.packs.${value}`)
  return unitName ?? value
}
