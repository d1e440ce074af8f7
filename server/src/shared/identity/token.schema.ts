import { z } from 'zod'

export const newApiTokenSchema = z
  .object({
    name: z.string().trim().min(1).max(60),
    /** The organ whose part of the tree the machine may bring data for. */
    organCode: z.string().max(32),
    datasets: z.array(z.string().max(40)).min(1).max(40),
    expiresAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'NewApiToken' })

/** The token is shown once and kept nowhere. */
export const createdTokenSchema = z
  .object({ tokenId: z.string(), token: z.string() })
  .meta({ id: 'CreatedApiToken' })

export const apiTokenSchema = z
  .object({
    tokenId: z.string(),
    name: z.string(),
    scope: z.string(),
    /** The organ of that scope. */
    placeName: z.string().nullable(),
    datasets: z.array(z.string()),
    state: z.enum(['requested', 'active', 'rejected', 'revoked']),
    expiresAt: z.string(),
    requestedBy: z.string(),
    requestedByName: z.string(),
    requestedAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedByName: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' })

/** What a token may be asked for. */
export const tokenDatasetSchema = z
  .object({ name: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })
  .meta({ id: 'TokenDataset' })
