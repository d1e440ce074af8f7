export { createDemoOrgans } from './demo-organs.ts'
export { createDemoPosts, type DemoPostHolder } from './demo-posts.ts'
export { organisationRoutes } from './organisation.routes.ts'
export type { OrganisationDeps } from './organisation-deps.ts'
export {
  ensureRootOrgan,
  listOrgans,
  type Organ,
  organByCode,
  ownOrganName,
  saveOrgan,
} from './organs.store.ts'
export { knownRegionCodes } from './region-tree.store.ts'
export { ensureRegions, importRegions, parseRegions, type RegionRow, regionPath } from './regions.ts'
export type { UnitRow } from './unit-row.schema.ts'
export { followRegister, syncUnits, unitPath } from './units.store.ts'
