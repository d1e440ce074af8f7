import type { Bilingual } from '#shared/datasets/index.ts'

/** What a person can be. A role is held in an organ, an office or a unit, for a time; several may be held together. */
export const roles = {
  system_admin: { zh: '系统管理员', en: 'system administrator' },
  security_admin: { zh: '安全管理员', en: 'security administrator' },
  audit_admin: { zh: '安全审计员', en: 'audit administrator' },
  principal: { zh: '主要负责人', en: 'principal' },
  deputy: { zh: '分管领导', en: 'deputy in charge' },
  conduct_officer: { zh: '党风政风室干部', en: 'conduct office' },
  supervision_officer: { zh: '监督检查室干部', en: 'supervision office' },
  case_manager: { zh: '案件监督管理室干部', en: 'case management office' },
  inspector_supervisor: { zh: '干部监督室干部', en: 'inspector supervision office' },
  information_officer: { zh: '信息中心干部', en: 'information centre' },
  rule_editor: { zh: '规则管理员', en: 'rule editor' },
  rule_approver: { zh: '规则审批人', en: 'rule approver' },
  finance_supervisor: { zh: '财政监管员', en: 'fiscal supervisor' },
  unit_finance: { zh: '单位财务人员', en: 'unit finance officer' },
  unit_head: { zh: '单位负责人', en: 'head of unit' },
  feed: { zh: '数据接口', en: 'data feed' },
} as const satisfies Record<string, Bilingual>

export type Role = keyof typeof roles

/** Administrators of any kind see no business data; and nobody holds two of the three powers (三员分立). */
export const administratorRoles = [
  'system_admin',
  'security_admin',
  'audit_admin',
] as const satisfies readonly Role[]

/** Roles of a supervised unit: their holders answer for the unit and never decide about it. */
export const unitRoles = ['unit_finance', 'unit_head'] as const satisfies readonly Role[]

/** Roles that no person may hold together with the other: who edits never approves, who is supervised never judges. */
export const exclusiveRoles: readonly (readonly [readonly Role[], readonly Role[]])[] = [
  [['system_admin'], ['security_admin', 'audit_admin']],
  [['security_admin'], ['audit_admin']],
  [
    administratorRoles,
    (Object.keys(roles) as Role[]).filter((role) => !(administratorRoles as readonly Role[]).includes(role)),
  ],
  [['rule_editor'], ['rule_approver']],
  [
    unitRoles,
    [
      'principal',
      'deputy',
      'conduct_officer',
      'supervision_officer',
      'case_manager',
      'inspector_supervisor',
      'finance_supervisor',
      'rule_editor',
      'rule_approver',
      'information_officer',
    ],
  ],
]
