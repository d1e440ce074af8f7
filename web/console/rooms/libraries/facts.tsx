import { Fragment, type ReactNode } from 'react'

/** Names and values in two columns; what is not there shows a dash. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts wide-facts">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className="muted">—</span>}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
