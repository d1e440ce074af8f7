import { definePermissions } from '#shared/permissions/index.ts'

/** Who reads the register: he who watches what people take, and takes nothing himself. */
export const exportsPermissions = definePermissions('exports', {
  read: { zh: '查看打印与导出登记', en: 'read the register of prints and exports', roles: ['audit_admin'] },
})
