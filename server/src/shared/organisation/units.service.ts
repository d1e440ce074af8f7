import type { z } from 'zod'
import type { Caller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { shanghaiDate } from '#ground/time/index.ts'
import type { treeQuerySchema } from './organisation.schema.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { regionTree } from './region-tree.store.ts'
import { belowUnit, insideRegion, officesOf, treeRoot } from './tree.store.ts'
import { listUnits, unitDetail } from './unit-list.store.ts'

export const noSuchUnit = defineError(
  'organisation.no_such_unit',
  404,
  '没有这个单位。',
  'There is no such unit.',
)

/** The tree of divisions, parents before children. */
export function regions(deps: OrganisationDeps, caller: Caller) {
  return deps.database.asCaller(caller, regionTree)
}

/** Units in the caller's sight, as they are today, a page at a time. */
export function units(deps: OrganisationDeps, caller: Caller, query: Parameters<typeof listUnits>[1]) {
  return deps.database.asCaller(caller, (trx) => listUnits(trx, query, shanghaiDate(deps.clock.now())))
}

/** One unit with its history and relations. Throws `organisation.no_such_unit`. */
export async function unit(deps: OrganisationDeps, caller: Caller, unitCode: string) {
  const today = shanghaiDate(deps.clock.now())
  const found = await deps.database.asCaller(caller, (trx) => unitDetail(trx, unitCode, today))
  if (!found) throw noSuchUnit()
  return found
}

/** The children of a node of the tree of divisions, organs and units; without a node its root. */
export function tree(deps: OrganisationDeps, caller: Caller, node: z.infer<typeof treeQuerySchema>) {
  const today = shanghaiDate(deps.clock.now())
  return deps.database.asCaller(caller, (trx) => {
    if (!node.kind || !node.code) return treeRoot(trx, today)
    const children = { region: insideRegion, organ: officesOf, unit: belowUnit }[node.kind]
    return children(trx, node.code, today)
  })
}
