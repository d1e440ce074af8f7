export { ensureRegions, importRegions, parseRegions, type RegionRow, regionPath } from './regions.ts'
export { removeUnits, syncUnits, type UnitRow, unitPath } from './units.store.ts'
