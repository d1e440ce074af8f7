import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { currentLanguage } from '../../language.ts'
import type { Figure } from './figure.ts'
import { FigureLink } from './figure-link.tsx'
import { provincePath, provinceTiles } from './province-tiles.ts'

/** Steps of one hue, by share of the greatest number; the number itself stands on the tile. */
const steps = 5
const stepOf = (count: number, most: number) => (count === 0 ? 0 : Math.ceil((count / most) * steps))

/** Alerts by division: the whole province as a tile grid, a city as its districts in a row. */
export function DivisionTiles(props: {
  root: string
  figures: readonly Figure[]
  /** Conditions that a division without alerts leads to as well. */
  within: Readonly<Record<string, unknown>>
  /** Where a division's own board lies; without it tiles lead to their rows only. */
  drill?: (path: string) => string
}) {
  const { figures, root } = props
  const most = Math.max(1, ...figures.map((figure) => figure.count))
  if (root === provincePath) {
    const placed = new Map(figures.map((figure) => [figure.key, figure]))
    return (
      <div className="province-grid">
        {provinceTiles.map((tile) => (
          <Tile
            key={tile.path}
            name={tile[currentLanguage()]}
            figure={placed.get(tile.path) ?? nothing(tile.path, props.within)}
            step={stepOf(placed.get(tile.path)?.count ?? 0, most)}
            at={{ gridColumn: tile.column, gridRow: tile.row }}
            drill={tile.path === provincePath ? undefined : props.drill?.(tile.path)}
          />
        ))}
      </div>
    )
  }
  return (
    <div className="division-row">
      {figures.map((figure) => (
        <DistrictTile key={figure.key} figure={figure} root={root} step={stepOf(figure.count, most)} />
      ))}
    </div>
  )
}

function DistrictTile({ figure, root, step }: { figure: Figure; root: string; step: number }) {
  const { t } = useTranslation()
  const name = figure.key === root ? t('boards.ownUnits') : (figure.titleZh ?? figure.key)
  return <Tile name={name} figure={figure} step={step} />
}

function nothing(path: string, within: Readonly<Record<string, unknown>>) {
  const place = path === provincePath ? { at: path } : { under: path }
  return { count: 0, filter: { ...within, under: undefined, ...place } }
}

function Tile(props: {
  name: string
  figure: Pick<Figure, 'count' | 'filter'>
  step: number
  at?: { gridColumn: number; gridRow: number }
  drill?: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <div className={`division-tile step-${props.step}`} style={props.at}>
      {props.drill ? (
        <Link to={props.drill} title={t('boards.drill', { name: props.name })}>
          {props.name}
        </Link>
      ) : (
        <span>{props.name}</span>
      )}
      <FigureLink figure={props.figure}>
        <b>{props.figure.count}</b>
      </FigureLink>
    </div>
  )
}
