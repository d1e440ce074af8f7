import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKeyRing } from '#ground/crypto/index.ts'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { auditExportRoutes, recordAudit, sealWaiting } from '#shared/audit/index.ts'
import { auditVerify } from './audit.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-audit-files-'))
const clock = fakeClock('2026-11-24T02:00:00Z')
const auditor: Caller = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['audit_admin'],
}

/** An installation as the audit administrator reaches it, with a ring of keys of its own or that of another one. */
async function installation(keyFolder: string) {
  const database = await createTestDatabase()
  const keys = openKeyRing(keyFolder, 'default', () => clock.now())
  const seal = () =>
    sealWaiting(
      database,
      { suite: keys.suite, keyId: keys.signingKeyId, hash: keys.hash, sign: keys.sign },
      clock,
    )
  const server = await createHttpServer({
    log: quietLog,
    authority: {
      authenticate: async (request) => ({ ...auditor, scope: String(request.headers['x-scope'] ?? '46') }),
      isPermission: () => true,
      may: () => true,
      onRefused: async () => {},
    },
  })
  auditExportRoutes(server, { database, clock, seal, publicKeys: keys.publicKeys })
  return {
    act: async (times: number) => {
      for (let n = 0; n < times; n += 1)
        await database.asCaller(systemCaller, (trx) =>
          recordAudit(trx, { action: 'alerts.judge', detail: { n } }),
        )
    },
    ask: async (url: string, scope: string, payload?: object) => {
      const answer = await server.inject({
        method: 'POST',
        url,
        headers: { 'x-scope': scope },
        ...(payload ? { payload } : {}),
      })
      return { status: answer.statusCode, body: answer.body }
    },
    /** Keeps what the route answers as a file. */
    take: async (url: string, name: string, payload?: object) => {
      const answer = await server.inject({ method: 'POST', url, ...(payload ? { payload } : {}) })
      expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)])
      expect(answer.headers['content-disposition']).toMatch(
        /^attachment; filename\*=UTF-8''audit-.*2026-11-24/,
      )
      const file = join(folder, name)
      writeFileSync(file, answer.body)
      return file
    },
    entries: () =>
      database.owner<{ action: string; purpose: string }>(
        "select action, purpose from audit.entry where action like 'audit.%' order by at, entry_id",
      ),
  }
}

const keyFolder = join(folder, 'keys')
const own = await installation(keyFolder)
const another = await installation(keyFolder)
const logRoute = '/api/v1/audit/export'
const purpose = { purpose: '月度离线校验' }

async function verify(log: string, checkpoint: string) {
  const said: string[] = []
  const code = await auditVerify.run(
    { print: (line) => said.push(line), complain: () => {} },
    { log, checkpoint },
  )
  return { code, ...JSON.parse(said[0]!) }
}

test('what the audit administrator takes out is verified by the command as it is', async () => {
  await own.act(6)
  const checkpoint = await own.take('/api/v1/audit/checkpoint/export', 'checkpoint.json')
  await own.act(3)
  const log = await own.take(logRoute, 'log.jsonl', purpose)
  expect(await verify(log, checkpoint)).toEqual({ code: 0, good: true, entries: 11, checkpoints: 2 })
  expect(await own.entries()).toEqual([
    { action: 'audit.export_checkpoint', purpose: null },
    { action: 'audit.export', purpose: '月度离线校验' },
  ])
})

test('against it a tail that was cut off with its checkpoints is found', async () => {
  await own.take(logRoute, 'whole.jsonl', purpose)
  const kept = await own.take('/api/v1/audit/checkpoint/export', 'kept.json')
  const size = JSON.parse(readFileSync(kept, 'utf8')).checkpoint.treeSize
  const cut = join(folder, 'cut.jsonl')
  const lines = readFileSync(join(folder, 'whole.jsonl'), 'utf8').split('\n')
  const before = lines.filter((line) => {
    const { leafIndex = 0, treeSize = 0 } = line ? JSON.parse(line) : {}
    return leafIndex < 7 && treeSize <= 7
  })
  writeFileSync(cut, before.join('\n'))
  expect(await verify(cut, kept)).toMatchObject({ code: 1, fault: 'cut', leafIndex: 7 })
  expect(size).toBe(13)
})

test('against it a log that was replaced as a whole, and signed with the right key, is found', async () => {
  await another.act(20)
  const log = await another.take(logRoute, 'another.jsonl', purpose)
  expect(await verify(log, join(folder, 'kept.json'))).toMatchObject({ code: 1, fault: 'replaced' })
})

test('an auditor of a part of the tree gets a checkpoint, and no entries of others', async () => {
  const refused = await own.ask(logRoute, '46.01', purpose)
  expect([refused.status, JSON.parse(refused.body).code]).toEqual([403, 'audit.part_of_the_log'])
  expect(refused.body).not.toContain('alerts.judge')
  expect((await own.ask('/api/v1/audit/checkpoint/export', '46.01')).status).toBe(200)
})

test('the log does not leave without a purpose', async () => {
  await expect(own.take(logRoute, 'none.jsonl', {})).rejects.toThrow()
})
