import { definePermissions } from '#shared/permissions/index.ts'

const supervisors = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'finance_supervisor',
  'inspector_supervisor',
] as const

/** Who sees which slip is decided in the database, by place and by the slip's own roles. */
export const supervisePermissions = definePermissions('supervise', {
  read: {
    zh: '查看督办单',
    en: 'see supervision slips',
    roles: [...supervisors, 'unit_finance', 'unit_head'],
  },
  reply: {
    zh: '回复督办单',
    en: 'answer supervision slips',
    roles: [...supervisors, 'unit_finance', 'unit_head'],
  },
  decide: { zh: '审核、撤回督办单', en: 'accept, send back or withdraw slips', roles: supervisors },
})
