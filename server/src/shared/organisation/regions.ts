import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'

export interface RegionRow {
  /** 6, 9 or 12 digits. */
  readonly code: string
  readonly name: string
  /** Empty for a province. */
  readonly parent: string
}

const badRegions = defineError(
  'organisation.bad_regions',
  400,
  '区划文件第 {line} 行有误：{value}。每行应为“代码,名称,上级代码”，代码为 6、9 或 12 位数字。',
  'Line {line} of the file of divisions cannot be used: {value}. Each line is code,name,parent; a code has 6, 9 or 12 digits.',
)

/** Reads `code,name,parent` lines (UTF-8, with a heading). Throws `organisation.bad_regions` naming the first bad line. */
export function parseRegions(text: string): readonly RegionRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((line, index) => {
    if (index === 0 || line.trim() === '') return []
    const [code = '', name = '', parent = '', ...rest] = line
      .split(',')
      .map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const good =
      rest.length === 0 &&
      /^\d{6}(\d{3}){0,2}$/.test(code) &&
      name !== '' &&
      /^(\d{6}(\d{3}){0,2})?$/.test(parent)
    if (!good) throw badRegions({ line: index + 1, value: line.slice(0, 60) })
    return [{ code, name, parent }]
  })
}

/** Adds divisions and renames those that are there. A parent that is in neither place fails at commit. */
export async function importRegions(trx: Trx, rows: readonly RegionRow[]): Promise<number> {
  await sql`insert into organisation.region (region_code, name, parent_code)
    select code, name, nullif(parent, '') from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(code text, name text, parent text)
    on conflict (region_code) do update set name = excluded.name, parent_code = excluded.parent_code`.execute(
    trx,
  )
  return rows.length
}

/** The divisions that come with the product are loaded into an installation that has none. */
export async function ensureRegions(trx: Trx): Promise<void> {
  const { rows } = await sql`select from organisation.region limit 1`.execute(trx)
  if (rows.length > 0) return
  const file = join(import.meta.dirname, 'data', 'regions-46.csv')
  await importRegions(trx, parseRegions(readFileSync(file, 'utf8')))
}

/** The path of a division in the tree: `460105` is `46.01.05`. The same as `organisation.region_path` in the database. */
export function regionPath(code: string): string {
  const cuts = [0, 2, 4, 6, 9, 12]
  const segments = cuts.slice(0, -1).map((from, index) => code.slice(from, cuts[index + 1]))
  return segments
    .filter((segment) => segment !== '')
    .join('.')
    .replace(/(\.0+)+$/, '')
}
