/**
 * `npm test`: everything that must hold, one step after the other, closing on `N passed, N failed`. A step that looked
 * at nothing has failed: every gate says what it looked at. `npm test -- types boundaries` runs only the steps named.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
const cache = join(root, '.cache')
mkdirSync(cache, { recursive: true })

interface Outcome {
  readonly passed: number
  readonly failed: number
}

function run(command: string, args: readonly string[]) {
  return spawnSync(join(bin, command), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  }).status
}

const step =
  (command: string, ...args: string[]) =>
  (): Outcome => {
    const good = run(command, args) === 0
    return { passed: good ? 1 : 0, failed: good ? 0 : 1 }
  }

/** The boundary check passes on nothing when the parser and TypeScript disagree: it must have seen this many modules. */
const fewestModules = 150

function boundaries(): Outcome {
  const output = spawnSync(join(bin, 'depcruise'), ['server/src', 'demo', 'web', '--output-type', 'json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  })
  const { summary } = JSON.parse(output.stdout) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
  }
  for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`)
  console.log(`${summary.totalCruised} modules, ${summary.violations.length} arrows the wrong way`)
  if (summary.totalCruised < fewestModules)
    console.error(`fewer than ${fewestModules} modules: the check saw nothing`)
  const good = summary.violations.length === 0 && summary.totalCruised >= fewestModules
  return { passed: good ? 1 : 0, failed: good ? 0 : 1 }
}

const vitest = (config: string, name: string) => (): Outcome => {
  const report = join(cache, `${name}.json`)
  rmSync(report, { force: true })
  const status = run('vitest', [
    ...['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ])
  const counted = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  const brokenFiles = counted.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = counted.numFailedTests + counted.numPendingTests + brokenFiles.length
  return { passed: counted.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed }
}

const steps: readonly (readonly [string, () => Outcome])[] = [
  ['format and lint', step('biome', 'check', '--error-on-warnings')],
  ['types of the server', step('tsc', '-p', 'tsconfig.json')],
  ['types of the web', step('tsc', '-p', 'tsconfig.web.json')],
  ['boundaries', boundaries],
  ['dead code', step('knip')],
  ['database types', step('node', 'scripts/database-types.ts', '--check')],
  ['contract', step('node', 'scripts/contract.ts', '--check')],
  ['dataset documentation', step('node', 'scripts/datasets-doc.ts', '--check')],
  ['unit and room tests', vitest('vitest.config.ts', 'rooms')],
  ['web build', step('node', 'scripts/build-web.ts')],
  ['stories in the browser', vitest('vitest.e2e.config.ts', 'stories')],
]

const wanted = process.argv.slice(2)
let passed = 0
let failed = 0
const failedSteps: string[] = []
for (const [name, work] of steps) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  const started = performance.now()
  console.log(`\n── ${name}`)
  const outcome = work()
  passed += outcome.passed
  failed += outcome.failed
  if (outcome.failed > 0) failedSteps.push(name)
  console.log(
    `   ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${Math.round((performance.now() - started) / 1000)} s`,
  )
}
if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
