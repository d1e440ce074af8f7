import { createServer } from 'node:net'
import { ConfigError } from './config.ts'

/** What stands in the way of listening, as the operating system names it, and what to do. */
const obstacles: Readonly<Record<string, (address: string) => string>> = {
  EADDRINUSE: (address) =>
    `地址 ${address} 已被其他程序占用，请停止它或另设 CONSOLE_PORT。` +
    `Another program listens on ${address}; stop it or set another CONSOLE_PORT.`,
  EACCES: (address) =>
    `无权监听 ${address}，请将 CONSOLE_PORT 设为 1024 以上。` +
    `The operating system does not let this user listen on ${address}; set CONSOLE_PORT to 1024 or more.`,
  EADDRNOTAVAIL: (address) =>
    `本机没有地址 ${address}，请检查 HOST。This machine has no address ${address}; check HOST.`,
  ENOTFOUND: (address) =>
    `找不到主机名 ${address}，请检查 HOST。The host name in ${address} is not known; check HOST.`,
}

/** The sentence for an error of listening, or the error itself where it is another one. */
export function listeningFault(error: unknown, host: string, port: number): unknown {
  const sentence = obstacles[(error as NodeJS.ErrnoException).code ?? '']
  return sentence ? new ConfigError(sentence(`${host}:${port}`)) : error
}

/** Looks whether the address is free before anything long begins. Throws a ConfigError that says what is in the way. */
export async function refuseTakenAddress(host: string, port: number): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed)
      server.listen(port, host, done)
    })
  } catch (error) {
    throw listeningFault(error, host, port)
  }
  await new Promise((done) => server.close(done))
}
