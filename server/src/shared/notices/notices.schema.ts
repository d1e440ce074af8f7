import { z } from 'zod'

export const noticeSchema = z
  .object({
    noticeId: z.string(),
    kind: z.string(),
    titleZh: z.string(),
    titleEn: z.string(),
    link: z.string(),
    postedAt: z.string(),
    readAt: z.string().nullable(),
  })
  .meta({ id: 'Notice' })

export type Notice = z.infer<typeof noticeSchema>
