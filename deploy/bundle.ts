/**
 * `npm run bundle [-- --unproven]`: one archive in `out/` with Node, every package that the server needs, the built pages
 * with their fonts, the rules and the demo. It is unpacked again and run with the network cut off before the command ends well.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { create } from 'tar'
import { checksums } from './checksums.ts'
import { launchers } from './launchers.ts'
import { proveBundle } from './prove-bundle.ts'
import { shippedPackages } from './shipped-packages.ts'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const platform = `${process.platform}-${process.arch}`
const name = `qingfeng-${version}-${platform}`
const out = join(root, 'out')
const stage = join(out, name)
const archive = join(out, `${name}.tar.gz`)

/** What the server reads when it runs; everything else is for those who build it. */
const sources = [
  'package.json',
  'server',
  'rules',
  'demo',
  'contract',
  'dist/web',
  'docs',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
]

const { values } = parseArgs({ options: { unproven: { type: 'boolean', default: false } } })
const built = spawnSync(process.execPath, [join(root, 'scripts/build-web.ts')], {
  cwd: root,
  stdio: 'inherit',
})
if (built.status !== 0) process.exit(1)
rmSync(stage, { recursive: true, force: true })
rmSync(archive, { force: true })
mkdirSync(stage, { recursive: true })
const packages = shippedPackages(root)
for (const path of [...sources, ...packages]) {
  cpSync(join(root, path), join(stage, path), { recursive: true, verbatimSymlinks: true, filter: isShipped })
}
for (const [file, text] of Object.entries(launchers({ version, platform }))) {
  writeFileSync(join(stage, file), text)
  if (!file.includes('.') || file.endsWith('.sh')) chmodSync(join(stage, file), 0o755)
}
writeFileSync(join(stage, 'SHA256SUMS'), checksums(stage))
await create({ file: archive, gzip: { level: 6 }, cwd: out, portable: true }, [name])
rmSync(stage, { recursive: true, force: true })
console.log(`${archive}: ${Math.round(statSync(archive).size / 1_048_576)} MB, ${packages.length} packages`)
if (!values.unproven) await proveBundle(archive, name)

/** Tests stay at home, and packages leave their own nested copies where the list names them. */
function isShipped(path: string): boolean {
  return !/\.(test|builders)\.ts$/.test(path) && existsSync(path)
}
