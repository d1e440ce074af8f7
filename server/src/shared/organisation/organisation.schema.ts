import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

export const regionSchema = z
  .object({
    regionCode: z.string(),
    name: z.string(),
    parentCode: z.string().nullable(),
    orgPath: z.string(),
    /** Units that the caller sees in this very division, and in it with everything below. */
    unitsHere: z.number().int(),
    unitsBelow: z.number().int(),
  })
  .meta({ id: 'Region' })

const unitFields = {
  unitCode: z.string(),
  unitName: z.string(),
  creditCode: z.string().nullable(),
  regionCode: z.string(),
  regionName: z.string().nullable(),
  parentCode: z.string().nullable(),
  kind: z.string().nullable(),
  successorCode: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
}

export const unitSchema = z
  .object({
    ...unitFields,
    orgPath: z.string(),
    /** `open`; `closed` without a successor; `merged` into one. */
    state: z.enum(['open', 'closed', 'merged']),
    /** How many versions there are: more than one means that it was renamed or moved. */
    versions: z.number().int(),
  })
  .meta({ id: 'Unit' })

export const unitPageSchema = pageOf(unitSchema)

export const unitQuerySchema = pageQuery.extend({
  /** Part of the code, of a present or former name, or of the credit code. */
  q: z.string().trim().max(60).optional(),
  /** A division; units anywhere below it are found. */
  regionCode: z
    .string()
    .regex(/^\d{6}(\d{3}){0,2}$/)
    .optional(),
  kind: z.enum(['organ', 'institution', 'enterprise', 'social', 'village']).optional(),
  state: z.enum(['open', 'closed']).optional(),
  /** The units as they were on a day. */
  asOf: z.iso.date().optional(),
})

const unitName = z.object({ unitCode: z.string(), unitName: z.string() })

export const unitDetailSchema = unitSchema
  .extend({
    /** Every version, the newest first. */
    history: z.array(z.object(unitFields)),
    parent: unitName.nullable(),
    /** What it went over into. */
    successor: unitName.nullable(),
    /** What went over into it. */
    predecessors: z.array(unitName),
    children: z.array(unitName),
    posts: z.array(z.object({ postId: z.string(), title: z.string() })),
  })
  .meta({ id: 'UnitDetail' })

export const organSchema = z
  .object({
    organCode: z.string(),
    name: z.string(),
    /** The organ an office belongs to. */
    parentCode: z.string().nullable(),
    regionCode: z.string(),
    closedOn: z.string().nullable(),
    orgPath: z.string(),
  })
  .meta({ id: 'Organ' })

export const newOrganSchema = z
  .object({
    organCode: z.string().regex(/^[A-Za-z0-9_]{1,32}$/),
    name: z.string().trim().min(1).max(100),
    parentCode: z.string().max(32).nullable().default(null),
    regionCode: z.string().regex(/^\d{6}(\d{3}){0,2}$/),
  })
  .meta({ id: 'NewOrgan' })

export const organChangeSchema = z
  .object({
    name: z.string().trim().min(1).max(100).optional(),
    closedOn: z.iso.date().nullable().optional(),
  })
  .meta({ id: 'OrganChange' })
