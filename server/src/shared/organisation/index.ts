export { createDemoOrgans } from './demo-organs.ts'
export { ensureRootOrgan, listOrgans, type Organ, organByCode, saveOrgan } from './organs.store.ts'
export { ensureRegions, importRegions, parseRegions, type RegionRow, regionPath } from './regions.ts'
export { removeUnits, syncUnits, type UnitRow, unitPath } from './units.store.ts'
