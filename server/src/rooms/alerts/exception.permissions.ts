import { definePermissions } from '#shared/permissions/index.ts'

/** Who judges proposes an exception; another person decides. */
export const exceptionPermissions = definePermissions('exceptions', {
  read: {
    zh: '查看规则例外',
    en: 'see exceptions of rules',
    roles: [
      'principal',
      'deputy',
      'conduct_officer',
      'supervision_officer',
      'finance_supervisor',
      'rule_approver',
    ],
  },
  propose: {
    zh: '提出规则例外',
    en: 'propose exceptions of rules',
    roles: ['conduct_officer', 'supervision_officer', 'finance_supervisor'],
  },
  decide: {
    zh: '审批和终止规则例外',
    en: 'decide on exceptions of rules and end them',
    roles: ['rule_approver', 'deputy'],
  },
})
