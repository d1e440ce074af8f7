import { definePermissions } from '#shared/permissions/index.ts'

/** The register is read by the audit administrator; everyone finds his own prints and exports in it. */
export const exportsPermissions = definePermissions('exports', {
  read: { zh: '查看打印与导出登记', en: 'read the register of prints and exports', roles: ['audit_admin'] },
})
