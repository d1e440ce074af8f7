import type { z } from 'zod'
import type { Caller, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { newOrganSchema, organChangeSchema } from './organisation.schema.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { listOrgans, type Organ, organByCode, saveOrgan } from './organs.store.ts'
import { regionPath } from './regions.ts'

const noSuchOrgan = defineError(
  'organisation.no_such_organ',
  404,
  '没有这个机关或内设机构。',
  'There is no such organ or office.',
)
const codeTaken = defineError(
  'organisation.organ_code_taken',
  409,
  '机构代码已被使用。',
  'The code is in use.',
)
const outOfSight = defineError(
  'organisation.out_of_sight',
  403,
  '该区划不在您的管辖范围内。',
  'The division is not in your part of the tree.',
)
const badParent = defineError(
  'organisation.bad_parent',
  409,
  '内设机构须属于同一区划内在用的机关。',
  'An office belongs to an open organ of the same division.',
)
const regionTaken = defineError(
  'organisation.region_taken',
  409,
  '该区划不存在，或已有在用的机关。',
  'There is no such division, or it has an open organ already.',
)

export function organs(deps: OrganisationDeps, caller: Caller): Promise<readonly Organ[]> {
  return deps.database.asCaller(caller, listOrgans)
}

export async function createOrgan(
  deps: OrganisationDeps,
  caller: Caller,
  wanted: z.infer<typeof newOrganSchema>,
): Promise<Organ> {
  refuseOutOfSight(caller, wanted.regionCode)
  return deps.database.asCaller(caller, async (trx) => {
    if (await organByCode(trx, wanted.organCode)) throw codeTaken()
    if (wanted.parentCode) await checkParent(trx, wanted.parentCode, wanted.regionCode)
    const made = await saved(trx, { ...wanted, closedOn: null })
    await record(trx, 'organisation.create_organ', made)
    return made
  })
}

/** Renames or closes an organ. People who work there keep their accounts until they are moved. */
export async function changeOrgan(
  deps: OrganisationDeps,
  caller: Caller,
  organCode: string,
  change: z.infer<typeof organChangeSchema>,
): Promise<Organ> {
  return deps.database.asCaller(caller, async (trx) => {
    const present = await organByCode(trx, organCode)
    if (!present) throw noSuchOrgan()
    refuseOutOfSight(caller, present.regionCode)
    const closedOn = change.closedOn === undefined ? present.closedOn : change.closedOn
    const made = await saved(trx, { ...present, name: change.name ?? present.name, closedOn })
    await record(trx, 'organisation.change_organ', made)
    return made
  })
}

async function checkParent(trx: Trx, parentCode: string, regionCode: string): Promise<void> {
  const parent = await organByCode(trx, parentCode)
  const good = parent && parent.parentCode === null && parent.closedOn === null
  if (!good || parent.regionCode !== regionCode) throw badParent()
}

async function saved(trx: Trx, organ: Omit<Organ, 'orgPath'>): Promise<Organ> {
  try {
    return await saveOrgan(trx, organ)
  } catch (error) {
    const { constraint = '' } = error as { constraint?: string }
    throw ['one_organ_for_a_region', 'organ_region_code_fkey'].includes(constraint) ? regionTaken() : error
  }
}

function refuseOutOfSight(caller: Caller, regionCode: string): void {
  const path = regionPath(regionCode)
  if (path !== caller.scope && !path.startsWith(`${caller.scope}.`)) throw outOfSight()
}

function record(trx: Trx, action: string, organ: Organ): Promise<void> {
  const { name, closedOn } = organ
  return recordAudit(trx, {
    action,
    object: { kind: 'organ', id: organ.organCode },
    detail: { name, closedOn },
  })
}
