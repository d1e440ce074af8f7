import { toSVG } from 'bwip-js/node'
import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { Exports, ListColumn } from '#shared/exports/index.ts'
import { alertNotFound } from './alerts.errors.ts'
import type { AlertRow, AlertSelection } from './alerts.schema.ts'
import { readHead } from './detail.store.ts'
import { notDispatched, tooManyForSheet } from './export.errors.ts'
import { type RequestSheet, readRequestSheet, readSentenceSources } from './export.store.ts'
import { momentOf } from './handling.service.ts'
import { countAlerts, listAlerts } from './list.store.ts'
import { type DescribedRule, sentenceMask } from './masked-sentence.ts'
import type { Policies } from './pack-policy.ts'

export interface AlertExportDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly exports: Exports
  readonly policies: Policies
  /** Those that ship and every version of those that were composed, the newest first. */
  readonly rules: () => Promise<readonly DescribedRule[]>
  /** Rows of a sheet below its head; a workbook's unless said otherwise. */
  readonly sheetRows?: number
}

/** The request as it is printed, with its mark in the register. */
export interface PrintedRequest extends Omit<RequestSheet, 'rules'> {
  readonly rules: readonly { readonly code: string; readonly title: { zh: string; en: string } }[]
  readonly mark: string
  readonly organName: string
  readonly printedBy: string
  readonly printedAt: string
  /** The mark as a bar code (Code 128), an SVG. */
  readonly barcode: string
}

/** Lists of alerts that leave the system, and the explanation requests that are printed. */
export interface AlertExports {
  list(
    caller: Caller,
    selection: AlertSelection,
    order: { readonly form: 'xlsx' | 'csv'; readonly purpose: string },
  ): ReturnType<Exports['list']>
  explanationRequest(caller: Caller, alertId: string, purpose: string): Promise<PrintedRequest>
}

/** Rows read in one transaction: few enough to hold, many enough that 100,000 rows need no more than fifty. */
const rowsAtOnce = 2000

export function createAlertExports(dependencies: AlertExportDependencies): AlertExports {
  const { database, clock, exports, policies, rules } = dependencies
  return {
    list: async (caller, selection, { form, purpose }) => {
      if (form === 'xlsx') await checkSheet(dependencies, caller, selection)
      return exports.list(caller, {
        form,
        purpose,
        subject: 'alerts.list',
        title: '预警清单',
        conditions: selection,
        columns,
        rows: exportedRows(dependencies, caller, selection),
      })
    },
    explanationRequest: async (caller, alertId, purpose) => {
      const sheet = await database.asCaller(caller, async (trx) => {
        if (!(await readHead(trx, alertId, momentOf(clock).today))) throw alertNotFound()
        return readRequestSheet(trx, alertId)
      })
      if (!sheet) throw notDispatched()
      const printed = await exports.print(caller, {
        subject: 'alerts.explanation_request',
        objectId: alertId,
        purpose,
        rowCount: 1,
      })
      const known = await rules()
      return {
        ...sheet,
        ...printed,
        pack: policies.get(sheet.pack)?.title.zh ?? sheet.pack,
        rules: sheet.rules.map((code) => ({
          code,
          title: known.find((rule) => rule.code === code)?.title ?? { zh: code, en: code },
        })),
        barcode: toSVG({ bcid: 'code128', text: printed.mark, height: 9, scale: 2, includetext: true }),
      }
    },
  }
}

/** A sheet of a workbook ends somewhere; what is longer would be cut off without a word. */
async function checkSheet(
  { database, clock, sheetRows = 1_048_575 }: AlertExportDependencies,
  caller: Caller,
  selection: AlertSelection,
): Promise<void> {
  const { today } = momentOf(clock)
  const count = await database.asCaller(caller, (trx) => countAlerts(trx, selection, today, sheetRows + 1))
  if (count > sheetRows) throw tooManyForSheet({ rows: sheetRows })
}

async function* exportedRows(
  { database, clock, rules }: AlertExportDependencies,
  caller: Caller,
  selection: AlertSelection,
): AsyncGenerator<readonly string[]> {
  const { today } = momentOf(clock)
  const masked = sentenceMask(await rules())
  let cursor: string | undefined
  do {
    const { items, sources, next } = await database.asCaller(caller, async (trx) => {
      const page = await listAlerts(trx, { ...selection, cursor, limit: rowsAtOnce }, today)
      const ids = page.items.map(({ alertId }) => alertId)
      return { ...page, sources: await readSentenceSources(trx, ids) }
    })
    for (const row of items) yield cellsOf(row, masked(row.messageZh, sources.get(row.alertId)))
    cursor = next ?? undefined
  } while (cursor)
}

const text = (title: string, width: number): ListColumn => ({ title, format: 'text', width })
const money = (title: string): ListColumn => ({ title, format: 'money', width: 18 })
const columns: readonly ListColumn[] = [
  text('编号', 18),
  text('类别', 12),
  text('级别', 8),
  text('状态', 12),
  text('认定', 10),
  text('单位编码', 14),
  text('单位名称', 32),
  text('发生日期', 12),
  money('金额（元）'),
  text('命中规则', 16),
  text('疑似情况', 90),
  text('产生日期', 12),
  text('期限', 12),
  text('超期', 8),
  money('追回金额（元）'),
]

const words: Readonly<Record<string, string>> = {
  fiscal: '财政资金',
  invoices: '发票',
  red: '红色',
  yellow: '黄色',
  blue: '蓝色',
  raised: '待下发',
  held: '暂缓下发',
  dispatched: '待说明',
  explained: '待认定',
  doubtful: '存疑',
  rectifying: '整改中',
  rectified: '待销号',
  closed: '已办结',
  normal: '正常',
  irregular: '不规范',
  violation: '违规',
}

function cellsOf(row: AlertRow, sentence: string): readonly string[] {
  const word = (code: string | null) => (code === null ? '' : (words[code] ?? code))
  return [
    row.number,
    word(row.pack),
    word(row.level),
    word(row.state),
    word(row.verdict),
    row.unitCode ?? '',
    row.unitName ?? '',
    row.onDate,
    row.amount,
    row.rules.join('、'),
    sentence,
    shanghaiDay(row.raisedAt),
    row.dueOn ?? '',
    row.overdue ? '是' : '否',
    row.recoveredAmount,
  ]
}

function shanghaiDay(instant: AlertRow['raisedAt']): string {
  return new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
