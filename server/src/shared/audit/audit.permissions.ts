import { definePermissions } from '#shared/permissions/index.ts'

/** The log is read by the audit administrator alone, and his reading is in it too. */
export const auditPermissions = definePermissions('audit', {
  read: { zh: '查看审计日志', en: 'read the audit log', roles: ['audit_admin'] },
  export: {
    zh: '导出审计日志和检查点',
    en: 'take the audit log and checkpoints out',
    roles: ['audit_admin'],
  },
})
