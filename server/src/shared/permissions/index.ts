export { isRecused, type KinshipFact, linkPerson, replaceKinship } from './recusal.ts'
export { administratorRoles, exclusiveRoles, type Role, roles, unitRoles } from './roles.ts'
export {
  definePermissions,
  isPermission,
  may,
  type Permission,
  permissionsOf,
  permissionTable,
} from './table.ts'
