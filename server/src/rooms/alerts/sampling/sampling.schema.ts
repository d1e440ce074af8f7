import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

export const sampleMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM')
export const outcomes = ['no_finding', 'missed'] as const
const pack = z.string().max(40)
const rule = z.string().regex(/^([A-Z]{1,3}\d{2}|none)$/)

/** What the list of drawn records can be narrowed by; every figure of the rates carries one. */
export const sampleFilter = z.object({
  pack: pack.optional(),
  month: sampleMonth.optional(),
  outcome: z.enum([...outcomes, 'open', 'judged']).optional(),
  rule: rule.optional(),
})
export const sampleQuery = sampleFilter.extend(pageQuery.shape)

export const sampleRow = z
  .object({
    itemId: z.string(),
    pack: z.string(),
    month: z.string(),
    /** Its place in the draw. */
    position: z.number().int(),
    keys: z.record(z.string(), z.string()),
    onDate: z.string(),
    amount: z.string(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    /** What it was for, in a word: the purpose of a payment, the first item of an invoice. */
    about: z.string().nullable(),
    outcome: z.enum(outcomes).nullable(),
    missedRule: z.string().nullable(),
    note: z.string().nullable(),
    judgedBy: z.string().nullable(),
    judgedAt: z.string().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'SampleRow' })
export const samplePage = pageOf(sampleRow)

const bilingual = z.object({ zh: z.string(), en: z.string() })
export const sampleItem = sampleRow
  .extend({
    /** The record as it was drawn, with what hangs on it; personal values are masked. */
    record: z.array(
      z.object({
        dataset: z.string(),
        title: bilingual,
        columns: z.array(
          z.object({
            name: z.string(),
            title: bilingual,
            type: z.string(),
            choices: z.record(z.string(), bilingual).optional(),
          }),
        ),
        rows: z.array(z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .meta({ id: 'SampleItem' })

export const sampleJudgement = z
  .object({
    outcome: z.enum(outcomes),
    /** The rule that should have found it; `none` where no rule looks for such a thing. */
    missedRule: rule.optional(),
    note: z.string().trim().min(2).max(2000).optional(),
    version: z.number().int(),
  })
  .refine(
    ({ outcome, missedRule, note }) => (outcome === 'no_finding' ? !missedRule : missedRule && note),
    '漏判须写明应命中的规则（或“无”）和说明 / a missed finding names its rule, or none, and says why',
  )

/** The share that the rules missed in a month's sample, with Wilson's 95 % interval; four decimals. */
const rate = z.object({
  drawn: z.number().int(),
  judged: z.number().int(),
  missed: z.number().int(),
  rate: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
})
export const sampleRate = rate.extend({ pack: z.string(), month: z.string() }).meta({ id: 'SampleRate' })
/** How often one rule missed something in the sample of its pack; in one month, or in all together. */
export const ruleMissRate = rate
  .omit({ drawn: true })
  .extend({ rule: z.string(), pack: z.string(), month: z.string().nullable() })
  .meta({ id: 'RuleMissRate' })
export const sampleRates = z
  .object({
    months: z.array(sampleRate),
    /** All months of a pack together. */
    packs: z.array(rate.extend({ pack: z.string() }).meta({ id: 'PackMissRate' })),
    rules: z.array(ruleMissRate),
  })
  .meta({ id: 'SampleRates' })

export const sampleDraw = z
  .object({
    drawId: z.string(),
    pack: z.string(),
    month: z.string(),
    seed: z.string(),
    size: z.number().int(),
    drawn: z.number().int(),
    /** Records of the month that the rules judged. */
    records: z.number().int(),
    /** Of the lots drawn, those that an alert was about. */
    passedOver: z.number().int(),
    cause: z.enum(['schedule', 'demand']),
    drawnAt: z.string(),
  })
  .meta({ id: 'SampleDraw' })

/** A draw done again from its seed over today's facts, with the alerts that there were then. */
export const repeatedDraw = z
  .object({
    agrees: z.boolean(),
    records: z.number().int(),
    /** Keys that come now and were not drawn, and the other way round; records that arrived later make such. */
    additional: z.array(z.record(z.string(), z.string())),
    absent: z.array(z.record(z.string(), z.string())),
  })
  .meta({ id: 'RepeatedSampleDraw' })

export const sampleSize = z
  .object({
    pack: z.string(),
    /** The first month that it holds for; null for the pack's own. */
    fromMonth: sampleMonth.nullable(),
    size: z.number().int(),
    reason: z.string().nullable(),
    setBy: z.string().nullable(),
    setAt: z.string().nullable(),
  })
  .meta({ id: 'SampleSize' })
export const newSampleSize = z.object({
  pack,
  fromMonth: sampleMonth,
  size: z.number().int().min(1).max(1000),
  reason: z.string().trim().min(4).max(500),
})
export const drawWish = z.object({ pack, month: sampleMonth })

export type SampleFilter = z.infer<typeof sampleFilter>
export type SampleQuery = z.infer<typeof sampleQuery>
export type SampleRow = z.infer<typeof sampleRow>
export type SampleItem = z.infer<typeof sampleItem>
export type SampleJudgement = z.infer<typeof sampleJudgement>
export type SampleRates = z.infer<typeof sampleRates>
export type SampleDraw = z.infer<typeof sampleDraw>
export type RepeatedDraw = z.infer<typeof repeatedDraw>
export type SampleSize = z.infer<typeof sampleSize>
export type NewSampleSize = z.infer<typeof newSampleSize>
