import { definePermissions, type Role } from '#shared/permissions/index.ts'

/** Whoever works on rules, and the offices that judge the packs' alerts; the database knows the same list. */
const readers = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'finance_supervisor',
  'rule_editor',
  'rule_approver',
] as const satisfies readonly Role[]

export const rulesPermissions = definePermissions('rules', {
  read: {
    zh: '查看规则、关键词与定级表',
    en: 'see rules, keywords and decision tables',
    roles: [...readers, 'information_officer'],
  },
  read_trial_hits: { zh: '查看试运行命中', en: 'see what rules on trial found', roles: readers },
  run: {
    zh: '立即运行规则',
    en: 'run rules at once',
    roles: ['rule_editor', 'rule_approver', 'information_officer'],
  },
  propose: { zh: '提出规则变更', en: 'propose changes of rules', roles: ['rule_editor'] },
  decide: { zh: '审批规则变更', en: 'decide on changes of rules', roles: ['rule_approver'] },
})
