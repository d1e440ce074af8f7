import { definePermissions } from '#shared/permissions/index.ts'

const reading = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'finance_supervisor',
] as const

export const invoicesPermissions = definePermissions('invoices', {
  read: {
    zh: '查询发票信息库和企业法人库',
    en: 'search the invoice and enterprise libraries',
    roles: reading,
  },
  unmask: {
    zh: '说明事由后查看发票和企业中的个人信息',
    en: 'see personal data of invoices and enterprises, saying why',
    roles: ['principal', 'deputy', 'conduct_officer', 'supervision_officer', 'case_manager'],
  },
})
