import { ground, river, shared, strangers } from './server/boundaries.mjs'

const source = 'server/src'
const forbid = (name, from, to, comment) => ({ name, severity: 'error', from, to, comment })

/** Forbids, for each place of a floor, what comes after it in the list. */
const downstream = (floor, places) =>
  places
    .slice(0, -1)
    .map((place, index) =>
      forbid(
        `${place}-looks-downstream`,
        { path: `^${source}/${floor}/${place}/` },
        { path: `^${source}/${floor}/(${places.slice(index + 1).join('|')})/` },
        'write the row and announce it; the later place reads it',
      ),
    )

export default {
  forbidden: [
    ...downstream('ground', ground).map((rule) => ({
      ...rule,
      // Tests of the ground may use the test database, which comes last.
      from: { ...rule.from, pathNot: '\\.test\\.ts$' },
    })),
    ...downstream('shared', shared),
    ...downstream('rooms', river),
    ...strangers.flatMap((group) =>
      group.map((room) =>
        forbid(
          `${room}-knows-a-stranger`,
          { path: `^${source}/rooms/${room}/` },
          { path: `^${source}/rooms/(${group.filter((other) => other !== room).join('|')})/` },
          'rooms side by side meet downstream',
        ),
      ),
    ),
    forbid(
      'only-through-the-door',
      { path: `^${source}/(ground|shared|rooms)/([^/]+)/` },
      { path: `^${source}/(ground|shared|rooms)/([^/]+)/(?!index\\.ts$)`, pathNot: `^${source}/$1/$2/` },
      'a place is entered by its index.ts',
    ),
    forbid('ground-knows-nothing', { path: `^${source}/ground/` }, { path: `^${source}/(shared|rooms)/` }),
    forbid('shared-knows-no-room', { path: `^${source}/shared/` }, { path: `^${source}/rooms/` }),
    forbid(
      'decisions-are-pure',
      { path: '\\.rules\\.ts$' },
      { path: `^${source}/`, pathNot: `(\\.rules\\.ts|\\.schema\\.ts|ground/(money|time|ids|errors)/)` },
    ),
    forbid(
      'routes-skip-the-service',
      { path: '\\.routes\\.ts$' },
      { path: '\\.store\\.ts$' },
      'a route is permission, schema, one call',
    ),
    forbid('web-sees-only-the-contract', { path: '^web/' }, { path: '^(server|rules|demo)/' }),
    forbid('the-server-knows-no-web', { path: '^server/' }, { path: '^(web|e2e|bench)/' }),
    forbid(
      'the-demo-knows-no-rule',
      { path: '^demo/' },
      { path: `^(rules|${source}/(?!shared/datasets|ground/time))` },
    ),
    forbid(
      'only-house-wires',
      { path: `^${source}/`, pathNot: `^${source}/(house|main|cli)\\.ts$|^${source}/house/|\\.test\\.ts$` },
      { path: `^${source}/house` },
    ),
    forbid('no-circular', {}, { circular: true }),
    forbid('unresolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
