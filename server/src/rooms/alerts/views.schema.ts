import { z } from 'zod'

export const savedView = z
  .object({
    viewId: z.string(),
    title: z.string(),
    conditions: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AlertView' })
export type SavedView = z.infer<typeof savedView>

export const newView = z.object({
  title: z.string().trim().min(1).max(20),
  /** As they stand in the address of the list. */
  conditions: z
    .record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.string().min(1).max(200))
    .refine((conditions) => Object.keys(conditions).length <= 20, '条件最多 20 项 / at most 20 conditions'),
})
export type NewView = z.infer<typeof newView>
