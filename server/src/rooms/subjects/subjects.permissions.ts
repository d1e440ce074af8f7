import { definePermissions } from '#shared/permissions/index.ts'

/** The same roles stand in the policies of the tables: the database decides, this says it in words. */
const watching = ['conduct_officer', 'supervision_officer', 'deputy', 'principal'] as const

export const subjectsPermissions = definePermissions('subjects', {
  search: { zh: '说明事由后查询监督名单', en: 'search the watch list, saying why', roles: watching },
  unmask: {
    zh: '说明事由后查看监督名单的完整姓名和证件号码',
    en: 'see full names and numbers of the watch list, saying why',
    roles: watching,
  },
})
