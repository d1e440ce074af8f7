import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { claimDataFolder, readConfig } from '#ground/config/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { HouseCommand, LoneCommand } from '../command.ts'
import { type House, warehouseFile } from '../house.ts'
import { type InstallationKind, kindOfFolder } from '../installation-kind.ts'

interface Manifest {
  readonly product: 'qingfeng'
  readonly madeAt: string
  /** Of the installation that was backed up; backups from before the mark have none. */
  readonly kind?: InstallationKind
  readonly postgresFolder: string
  readonly parts: readonly string[]
}

/**
 * `backup`: both stores, the attachments and the keys, consistent each in itself, while the server serves. PostgreSQL
 * by its own low-level backup (start, copy, stop, then the write-ahead log), the warehouse by a checkpoint and a copy
 * with writers held off. A folder that is not finished has no manifest and is not restored from.
 */
export const backup: HouseCommand = {
  path: 'backup',
  summary: '备份两个库、附件与密钥 · back up both stores, attachments and keys, while serving',
  options: [{ flags: '--to <folder>', describe: 'new folder to write', mandatory: true }],
  needs: 'house',
  run: async (output, options, house) => {
    const target = resolve(String(options.to))
    const embedded = house.databaseServer.embedded
    if (!embedded || house.config.warehouse.url) {
      output.complain(
        '数据库或数据仓库不是内嵌的，请用其自带工具备份。The database or the warehouse is not the embedded one; back it up with its own tools.',
      )
      return 2
    }
    if (existsSync(target)) {
      output.complain(`目录已存在：${target}。The folder exists already.`)
      return 2
    }
    await mkdir(target, { recursive: true, mode: 0o700 })
    await house.database.asCaller(systemCaller, (trx) => recordAudit(trx, { action: 'system.backup' }))
    await house.sealAudit()
    await copyPostgres(house, embedded.dataFolder, join(target, 'postgres'))
    await mkdir(join(target, 'warehouse'), { mode: 0o700 })
    await house.warehouse.copyTo(join(target, 'warehouse', warehouseFile))
    const parts = ['postgres', 'warehouse']
    for (const part of ['files', 'keys']) {
      const from = join(house.config.dataFolder, part)
      if (!existsSync(from)) continue
      await cp(from, join(target, part), { recursive: true, preserveTimestamps: true })
      parts.push(part)
    }
    const manifest: Manifest = {
      product: 'qingfeng',
      madeAt: house.clock.now().toISOString(),
      kind: house.config.demo ? 'demo' : 'production',
      postgresFolder: embedded.dataFolder,
      parts,
    }
    await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest, null, 2))
    output.complain(`备份完成 backed up: ${target}`)
    return 0
  },
}

async function copyPostgres(house: House, from: string, to: string): Promise<void> {
  const owner = new pg.Client(house.databaseServer.connection.owner)
  await owner.connect()
  try {
    await owner.query("select pg_backup_start('qingfeng', true)")
    const left = /^(pg_wal|postmaster\.(pid|opts)|pg_stat_tmp|pg_replslot)$/
    await mkdir(to, { mode: 0o700 })
    for (const entry of await readdir(from)) {
      if (!left.test(entry))
        await cp(join(from, entry), join(to, entry), { recursive: true, preserveTimestamps: true })
    }
    const { rows } = await owner.query<{ labelfile: string }>('select labelfile from pg_backup_stop(true)')
    await writeFile(join(to, 'backup_label'), rows[0]!.labelfile, { mode: 0o600 })
    await cp(join(from, 'pg_wal'), join(to, 'pg_wal'), { recursive: true })
    for (const empty of ['pg_stat_tmp', 'pg_replslot'])
      await mkdir(join(to, empty), { recursive: true, mode: 0o700 })
  } finally {
    await owner.end()
  }
}

/** `restore`: puts a finished backup in the place of DATA_DIR's stores; what was there is kept beside it. */
export const restore: LoneCommand = {
  path: 'restore',
  summary: '从备份恢复（须先停止服务） · restore a backup (stop the server first)',
  options: [{ flags: '--from <folder>', describe: 'folder written by backup', mandatory: true }],
  needs: 'nothing',
  run: async (output, options) => {
    const source = resolve(String(options.from))
    const config = readConfig(process.env)
    const manifestFile = join(source, 'manifest.json')
    if (!existsSync(manifestFile)) {
      output.complain(`不是完整的备份：${source}。Not a finished backup.`)
      return 2
    }
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest
    const release = claimDataFolder(config.dataFolder)
    try {
      const kind = kindOfFolder(config.dataFolder)
      if (kind && manifest.kind && kind !== manifest.kind) {
        output.complain(
          '演示的备份与正式安装的数据目录不能混用，请另设 DATA_DIR。A backup of a demo and the folder of a production installation do not go together, nor the other way round; set another DATA_DIR.',
        )
        return 2
      }
      const aside = join(config.dataFolder, `before-restore-${Date.now()}`)
      await mkdir(aside, { recursive: true, mode: 0o700 })
      for (const part of manifest.parts) await replacePart(source, config.dataFolder, aside, part)
      output.complain(`已恢复 restored: ${manifest.madeAt}；原数据在 what was there is in: ${aside}`)
      return 0
    } finally {
      release()
    }
  },
}

async function replacePart(source: string, dataFolder: string, aside: string, part: string): Promise<void> {
  const place = await placeOf(dataFolder, part)
  if (existsSync(place)) {
    await cp(place, join(aside, part), { recursive: true, preserveTimestamps: true })
    await rm(place, { recursive: true })
  }
  const incoming = `${place}.incoming`
  await rm(incoming, { recursive: true, force: true })
  await cp(join(source, part), incoming, { recursive: true, preserveTimestamps: true })
  await rename(incoming, place)
}

/** Under root, below a closed folder, the cluster lies elsewhere; a file beside its usual place says where. */
async function placeOf(dataFolder: string, part: string): Promise<string> {
  const usual = join(dataFolder, part)
  const pointer = `${usual}.location`
  return existsSync(pointer) ? (await readFile(pointer, 'utf8')).trim() : usual
}
