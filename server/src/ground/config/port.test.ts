import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { ConfigError } from './config.ts'
import { refuseTakenAddress } from './port.ts'

test('an address that is taken is one sentence, a free one is nothing', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as { port: number }
  const refusal = await refuseTakenAddress('127.0.0.1', port).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ConfigError)
  expect((refusal as Error).message).toMatch(
    new RegExp(
      `^地址 127.0.0.1:${port} 已被其他程序占用.*Another program listens on 127.0.0.1:${port};.*CONSOLE_PORT`,
    ),
  )
  await new Promise((done) => other.close(done))
  await expect(refuseTakenAddress('127.0.0.1', port)).resolves.toBeUndefined()
})

test('an address that this machine does not have is told from one that is taken', async () => {
  await expect(refuseTakenAddress('192.0.2.1', 0)).rejects.toThrow(/HOST/)
})
