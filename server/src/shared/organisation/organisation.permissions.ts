import { definePermissions, type Role, roles } from '#shared/permissions/index.ts'

/** Everybody but a machine may look up the structure; which units he finds, the database says. */
const people = (Object.keys(roles) as Role[]).filter((role) => role !== 'feed')

/** The same roles stand in the policies of the tables, with the administrator who gives the posts. */
const peopleReaders = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'inspector_supervisor',
  'unit_head',
] as const

export const organisationPermissions = definePermissions('organisation', {
  read: { zh: '查看行政区划、机构和单位', en: 'look up divisions, organs and units', roles: people },
  manage_organs: {
    zh: '维护纪检监察机关及内设机构',
    en: 'maintain organs and offices of the discipline body',
    roles: ['system_admin'],
  },
  manage_units: {
    zh: '登记单位的更名、变更编码、调整隶属、合并和撤销',
    en: 'enter that a unit is renamed, recoded, moved, merged or closed',
    roles: ['system_admin'],
  },
  read_people: {
    zh: '查看任职情况（姓名、证件号码隐去）',
    en: 'see who holds which post, names and numbers masked',
    roles: [...peopleReaders, 'system_admin'],
  },
  unmask_people: {
    zh: '说明事由后查看任职人员的完整姓名和证件号码',
    en: 'see the full name and number of who holds a post, saying why',
    roles: peopleReaders,
  },
  manage_posts: {
    zh: '设置职务，登记任职和免职',
    en: 'set up posts, give and end them',
    roles: ['system_admin'],
  },
})
