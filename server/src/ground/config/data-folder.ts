import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

/**
 * Claims the folder for this process until the returned function is called or the process ends. A second claim is
 * refused with a sentence; a claim left by a killed process is taken over. The claim is a hard link, which only one
 * process can make, and names the process by number and start time, since numbers are given out again.
 */
export function claimDataFolder(folder: string): () => void {
  const claim = join(folder, 'server.lock')
  const mine = `${claim}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startTime(process.pid) }))
  } catch (error) {
    throw notWritable(error, folder)
  }
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (tryLink(mine, claim)) return () => release(claim)
      const holder = readHolder(claim)
      if (holder && isRunning(holder)) throw inUse(folder, holder.pid)
      setAside(claim)
    }
    throw inUse(folder, 0)
  } finally {
    unlinkSync(mine)
  }
}

interface Holder {
  readonly pid: number
  readonly started: string | undefined
}

function inUse(folder: string, pid: number): ConfigError {
  return new ConfigError(
    `数据目录 ${folder} 正由另一服务（进程 ${pid}）使用，请先停止它或另设 DATA_DIR。` +
      `Another server (process ${pid}) is using ${folder}; stop it or set another DATA_DIR.`,
  )
}

/** A folder that cannot be made or written, in one sentence; other errors as they are. */
function notWritable(error: unknown, folder: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(code)) return error
  return new ConfigError(
    `数据目录 ${folder} 不能写入（${code}），请检查权限和磁盘，或另设 DATA_DIR。` +
      `${folder} cannot be written (${code}); check its rights and the disk, or set another DATA_DIR.`,
  )
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(claim: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(claim, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** Renaming is atomic: of two that take over a dead claim, one moves it away and the other finds nothing to move. */
function setAside(claim: string): void {
  const aside = `${claim}.dead.${process.pid}`
  try {
    renameSync(claim, aside)
    unlinkSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return holder.started === undefined || startTime(holder.pid) === holder.started
}

/** The process's start in clock ticks since boot (field 22 of proc_pid_stat), where the system tells. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function release(claim: string): void {
  if (readHolder(claim)?.pid === process.pid) unlinkSync(claim)
}
