import { systemCaller } from '#ground/database/index.ts'
import type { HouseCommand } from '../command.ts'

/** `explain`: whether the facts still say what an alert says. Prints one JSON line for each hit. */
export const explainAlert: HouseCommand = {
  path: 'explain',
  summary: '重新计算预警并与存档核对 · work an alert out again and compare it with what was stored',
  options: [{ flags: '--alert <number>', describe: 'number or ID of the alert', mandatory: true }],
  needs: 'house',
  run: async (output, options, house) => {
    const alertId = await house.explaining.find(systemCaller, String(options.alert))
    if (!alertId) {
      output.complain(`没有预警 no alert ${options.alert}`)
      return 2
    }
    const { hits, number } = await house.explaining.explain(systemCaller, alertId)
    for (const { rule, title, office, contributing } of hits) {
      const { outcome, sameRule, differences } = office!
      const rows = contributing ? { sum: contributing.sum, stated: contributing.stated } : null
      output.print(JSON.stringify({ rule, outcome, sameRule, differences, rows }))
      output.complain(`${number} ${rule} ${title.zh} ${sayings[outcome]}`)
    }
    return hits.every(({ office }) => office?.outcome === 'agrees') ? 0 : 1
  },
}

const sayings = {
  agrees: '与存档一致 agrees',
  differs: '数据已变化 the facts have changed',
  gone: '已不再命中 no longer found',
  failed: '无法重算 could not be worked out',
} as const
