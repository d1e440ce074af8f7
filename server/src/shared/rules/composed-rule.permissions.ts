import { definePermissions } from '#shared/permissions/index.ts'

export const composedRulePermissions = definePermissions('rules', {
  read_composed: {
    zh: '查看自定义规则',
    en: 'see composed rules',
    roles: [
      'rule_editor',
      'rule_approver',
      'principal',
      'deputy',
      'conduct_officer',
      'supervision_officer',
      'finance_supervisor',
    ],
  },
  compose: { zh: '编写并提出自定义规则', en: 'compose and propose rules', roles: ['rule_editor'] },
  decide_composed: {
    zh: '审批、停用自定义规则',
    en: 'decide on and end composed rules',
    roles: ['rule_approver'],
  },
})
