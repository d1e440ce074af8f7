import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extract } from 'tar'
import { removeEmbeddedServer } from '#ground/database/index.ts'

/** The demo must be there within ten minutes on two cores. */
const startLimitMilliseconds = 600_000

/**
 * Unpacks the archive elsewhere, checks its sums, installs it with its own script and starts the demo twice in a network
 * of its own that has no way out. Throws when anything of it fails.
 */
export async function proveBundle(archive: string, name: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-bundle-'))
  try {
    await extract({ file: archive, cwd: home })
    const env = { PATH: '/usr/bin:/bin', HOME: home, DATA_DIR: join(home, 'data') }
    const installed = spawnSync('sh', [join(home, name, 'install.sh'), join(home, 'installed')], {
      env,
      encoding: 'utf8',
    })
    if (installed.status !== 0) throw new Error(`install.sh failed: ${installed.stderr}`)
    for (const time of ['first', 'second']) {
      const seconds = await startOffline(join(home, 'installed/current/qingfeng'), env)
      console.log(`${time} start of the demo without a network: ${seconds.toFixed(1)} s`)
    }
  } finally {
    removeEmbeddedServer(join(home, 'data', 'postgres'))
    rmSync(home, { recursive: true, force: true })
  }
}

/** In the namespace only the loopback exists; what asks for the page must be in it too. */
const asking = `ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || true
"$0" --demo & server=$!
trap 'kill $server; wait $server' TERM
node=$(ls "$(dirname "$(readlink -f "$0")")"/node_modules/node-*/bin/node | head -n 1)
"$node" -e '
const until = Date.now() + ${startLimitMilliseconds}
const ask = () => fetch("http://127.0.0.1:18080/readyz").then((r) => r.ok ? fetch("http://127.0.0.1:18080/") : Promise.reject(), () => Promise.reject())
  .then((r) => r.text()).then((page) => { if (!page.includes("<script")) throw new Error("no page"); console.log("served"); process.exit(0) })
  .catch(() => Date.now() < until ? setTimeout(ask, 200) : process.exit(1))
ask()'
status=$?
kill $server; wait $server
exit $status`

async function startOffline(launcher: string, env: Record<string, string>): Promise<number> {
  const began = performance.now()
  const child = spawn('unshare', [...namespace(), 'sh', '-c', asking, launcher], {
    env: { ...env, CONSOLE_PORT: '18080', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let served = Number.NaN
  let said = ''
  const hear = (text: Buffer) => {
    said += String(text)
    if (Number.isNaN(served) && /^served$/m.test(said)) served = (performance.now() - began) / 1000
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const status = await ended(child)
  if (status !== 0 || Number.isNaN(served)) throw new Error(`the bundle did not serve:\n${said}`)
  return served
}

/** Root may make a network namespace; others make a user namespace with it. */
function namespace(): readonly string[] {
  return process.getuid?.() === 0 ? ['--net'] : ['--map-root-user', '--net']
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (code) => done(code))
  })
}
