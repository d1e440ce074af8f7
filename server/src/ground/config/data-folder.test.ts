import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claimDataFolder } from './data-folder.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'qingfeng-claim-'))

test('a second server on the folder is refused with a sentence, until the first lets go', () => {
  const place = folder()
  const release = claimDataFolder(place)
  expect(() => claimDataFolder(place)).toThrow(/Another server \(process \d+\) is using/)
  release()
  claimDataFolder(place)()
})

test('the claim of a process that was killed is taken over', async () => {
  const place = folder()
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await new Promise((done) => child.once('spawn', done))
  writeFileSync(join(place, 'server.lock'), JSON.stringify({ pid: child.pid, started: undefined }))
  expect(() => claimDataFolder(place)).toThrow(/is using/)
  child.kill('SIGKILL')
  await new Promise((done) => child.once('exit', done))
  claimDataFolder(place)()
})

test('a process number that was given to a stranger does not hold the claim', () => {
  const place = folder()
  writeFileSync(join(place, 'server.lock'), JSON.stringify({ pid: process.pid, started: '1' }))
  const release = claimDataFolder(place)
  expect(JSON.parse(readFileSync(join(place, 'server.lock'), 'utf8')).started).not.toBe('1')
  release()
})
