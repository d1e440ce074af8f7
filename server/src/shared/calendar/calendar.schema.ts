import { z } from 'zod'
import { isCalendarDate } from '#ground/time/index.ts'

export const calendarDate = z
  .string()
  .refine(isCalendarDate, '须为存在的日期，格式 YYYY-MM-DD / must be an existing date, YYYY-MM-DD')

export const calendarDaySchema = z
  .object({
    onDate: z.string(),
    isWorkday: z.boolean(),
    holiday: z.string().nullable(),
    corrected: z.boolean(),
  })
  .meta({ id: 'CalendarDay' })

export const correctionSchema = z
  .object({
    correctionId: z.string(),
    onDate: z.string(),
    isWorkday: z.boolean().nullable(),
    holiday: z.string().nullable(),
    reason: z.string(),
    madeBy: z.string(),
    madeAt: z.string(),
  })
  .meta({ id: 'CalendarCorrection' })

export const calendarYearSchema = z
  .object({
    year: z.number().int(),
    /** False: the State Council's notice is not known yet; weekends only, to be corrected when it comes. */
    published: z.boolean(),
    days: z.array(calendarDaySchema),
    corrections: z.array(correctionSchema),
  })
  .meta({ id: 'CalendarYear' })

export const correctionInput = z.object({
  onDate: calendarDate,
  /** Null takes earlier corrections of the day back. */
  isWorkday: z.boolean().nullable(),
  holiday: z.string().max(40).nullable().default(null),
  reason: z.string().trim().min(4).max(500),
})

export type CalendarYear = z.infer<typeof calendarYearSchema>
export type CorrectionInput = z.infer<typeof correctionInput>
