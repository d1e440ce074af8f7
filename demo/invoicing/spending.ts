/** A line as far as spending goes: what was bought, and the fen it came to. */
interface Spent {
  readonly item: string
  readonly fen: number
}

/** How lines without a short class are counted, where their words say it. */
const plainNames: readonly (readonly [string, string])[] = [
  ['餐费', '餐饮服务'],
  ['餐饮费', '餐饮服务'],
  ['工作餐', '餐饮服务'],
  ['住宿费', '住宿服务'],
  ['房费', '住宿服务'],
  ['会议费', '会议服务'],
  ['培训费', '教育服务'],
  ['汽油', '汽油'],
  ['加油费', '汽油'],
  ['租车费', '车辆租赁'],
  ['办公用品', '办公用品'],
  ['印刷费', '印刷服务'],
]

/** Below these sums (fen) of a month and of a quarter no growth is looked at; ordinary business stays there. */
const monthRoom = 490_000
const quarterRoom = 980_000

/** What units spend on each category, month by month, so that no growth comes about by chance. */
export interface Spending {
  add(unit: string, day: string, lines: readonly Spent[]): void
  /** How much more a unit may spend on a category in a month without growth being looked at; in fen. */
  room(unit: string, day: string, item: string): number
  /** Keeps a category of a unit for a plant alone. */
  reserve(unit: string, item: string): void
}

export function spendingBook(): Spending {
  const sums = new Map<string, number>()
  const reserved = new Set<string>()
  const keysOf = (unit: string, day: string, category: string) => {
    const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3)
    return [
      `${unit} ${category} ${day.slice(0, 7)}`,
      `${unit} ${category} ${day.slice(0, 4)}Q${quarter}`,
    ] as const
  }
  return {
    add: (unit, day, lines) => {
      for (const { item, fen } of lines) {
        const category = categoryOf(item)
        if (category === null) continue
        for (const key of keysOf(unit, day, category)) sums.set(key, (sums.get(key) ?? 0) + fen)
      }
    },
    room: (unit, day, item) => {
      const category = categoryOf(item)
      if (category === null) return Number.POSITIVE_INFINITY
      if (reserved.has(`${unit} ${category}`)) return 0
      const [month, quarter] = keysOf(unit, day, category)
      return Math.min(monthRoom - (sums.get(month) ?? 0), quarterRoom - (sums.get(quarter) ?? 0))
    },
    reserve: (unit, item) => {
      reserved.add(`${unit} ${categoryOf(item)}`)
    },
  }
}

function categoryOf(item: string): string | null {
  const short = /^\*([^*]+)\*/.exec(item)
  if (short) return short[1]!
  return plainNames.find(([word]) => item.includes(word))?.[1] ?? null
}
