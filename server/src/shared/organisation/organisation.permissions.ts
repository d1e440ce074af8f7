import { definePermissions, type Role, roles } from '#shared/permissions/index.ts'

/** Everybody but a machine may look up the structure; which units he finds, the database says. */
const people = (Object.keys(roles) as Role[]).filter((role) => role !== 'feed')

export const organisationPermissions = definePermissions('organisation', {
  read: { zh: '查看行政区划、机构和单位', en: 'look up divisions, organs and units', roles: people },
  manage_organs: {
    zh: '维护纪检监察机关及内设机构',
    en: 'maintain organs and offices of the discipline body',
    roles: ['system_admin'],
  },
})
