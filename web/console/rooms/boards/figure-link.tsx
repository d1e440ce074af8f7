import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { type Figure, rowsAddress } from './figure.ts'

/** A figure that leads to its rows. What it counts stands in its data as well: tests walk all of them and compare. */
export function FigureLink({
  figure,
  className,
  children,
}: {
  figure: Pick<Figure, 'count' | 'filter'> & Partial<Pick<Figure, 'recovered'>>
  className?: string
  children: ReactNode
}) {
  return (
    <Link
      to={rowsAddress(figure.filter)}
      className={className}
      data-count={figure.count}
      data-recovered={figure.recovered}
    >
      {children}
    </Link>
  )
}
