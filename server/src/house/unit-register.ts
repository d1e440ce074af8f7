import { systemCaller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import type { Intake } from '#shared/intake/index.ts'
import type { OrganisationDeps } from '#shared/organisation/index.ts'

const refused = defineError(
  'organisation.register_refused',
  422,
  '单位登记簿不接受这次变更：{zh}',
  'The register of units refuses the change: {en}',
)

/**
 * Changes of units made in the console go the way of records that come through the interface: checked by the same rules,
 * on record as a batch that can be undone, and followed by the tree and the watch list.
 */
export function unitRegister(intake: Intake): OrganisationDeps['unitRegister'] {
  return async (rows, reference) => {
    const records = rows.map((row) => ({ ...row }))
    const { answer } = await intake.post(systemCaller, 'unit', {
      mode: 'all',
      key: `unit-change:${reference}`,
      records,
    })
    if (answer.state === 'loaded') return
    const [fault] = answer.faults
    throw refused({ zh: fault?.reason.zh ?? '', en: fault?.reason.en ?? '' })
  }
}
