import { definePermissions } from '#shared/permissions/index.ts'

/** Which requests are seen is narrowed by the tree and by recusal, in the database. */
export const fiscalPermissions = definePermissions('fiscal', {
  request: { zh: '报送支付申请', en: 'submit payment requests', roles: ['feed'] },
  read: {
    zh: '查看支付申请',
    en: 'see payment requests',
    roles: ['finance_supervisor', 'supervision_officer', 'deputy', 'principal'],
  },
  decide: {
    zh: '解除暂停或不予支付',
    en: 'release or refuse held payment requests',
    roles: ['finance_supervisor', 'supervision_officer'],
  },
  agree_finance: {
    zh: '代表财政方同意解除暂停',
    en: 'agree to a release for finance',
    roles: ['finance_supervisor'],
  },
  agree_supervision: {
    zh: '代表监督方同意解除暂停',
    en: 'agree to a release for supervision',
    roles: ['supervision_officer'],
  },
  explain: {
    zh: '查看并说明本单位支付申请',
    en: "see and explain one's own unit's payment requests",
    roles: ['unit_finance', 'unit_head'],
  },
})
