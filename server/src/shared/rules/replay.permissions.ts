import { definePermissions } from '#shared/permissions/index.ts'

/** Which hits of a replay a person sees is narrowed further by his part of the tree, in the database. */
export const replayPermissions = definePermissions('rules', {
  replay: { zh: '回放规则', en: 'replay rules', roles: ['rule_editor', 'rule_approver'] },
  read_replays: {
    zh: '查看规则回放结果',
    en: 'see what replays of rules found',
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
})
