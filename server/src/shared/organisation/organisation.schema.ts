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
    /** Codes under which the same unit was registered before, the newest first. */
    formerCodes: z.array(
      unitName.extend({
        creditCode: z.string().nullable(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
      }),
    ),
    /** What administrators changed, the newest first; what came with files has no entry. */
    changes: z.array(
      z.object({
        changeId: z.string(),
        kind: z.enum(['rename', 'recode', 'move', 'merge', 'close']),
        effectiveOn: z.string(),
        was: z.string().nullable(),
        became: z.string().nullable(),
        documentNo: z.string().nullable(),
        reason: z.string(),
        madeAt: z.string(),
      }),
    ),
  })
  .meta({ id: 'UnitDetail' })

const unitCodeField = z.string().trim().min(1).max(32)
export const actReason = z.string().trim().min(2).max(300)
export const documentNo = z.string().trim().min(1).max(60).optional()

export const unitChangeSchema = z
  .object({
    change: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('rename'),
        unitName: z.string().trim().min(1).max(200),
        creditCode: z.string().trim().max(20).nullable().optional(),
      }),
      z.object({ kind: z.literal('recode'), unitCode: unitCodeField }),
      /** Below another unit, or below none. */
      z.object({ kind: z.literal('move'), parentCode: unitCodeField.nullable() }),
      z.object({ kind: z.literal('merge'), successorCode: unitCodeField }),
      z.object({ kind: z.literal('close') }),
    ]),
    /** The first day on which it is so; not in the future. */
    effectiveOn: z.iso.date(),
    /** Of the decision that it rests on. */
    documentNo,
    reason: actReason,
  })
  .meta({ id: 'UnitChange' })

export const treeNodeSchema = z
  .object({
    kind: z.enum(['region', 'organ', 'unit']),
    code: z.string(),
    name: z.string(),
    state: z.enum(['open', 'closed', 'merged']),
    /** Open units in and below the division, or directly below the unit. */
    units: z.number().int(),
    expandable: z.boolean(),
  })
  .meta({ id: 'OrganisationNode' })

export const treeQuerySchema = z.object({
  /** The node whose children are wanted: kind and code; without it the root of one's part of the tree. */
  kind: z.enum(['region', 'organ', 'unit']).optional(),
  code: z.string().trim().min(1).max(32).optional(),
})

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
