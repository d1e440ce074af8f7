import { defineError } from '#ground/errors/index.ts'
import { type Role, roles } from '#shared/permissions/index.ts'

const nameTaken = defineError('identity.name_taken', 409, '用户名已被使用。', 'The user name is in use.')
const subjectTaken = defineError(
  'identity.subject_taken',
  409,
  '该单点登录标识已属于另一账号。',
  'This single sign-on subject belongs to another account.',
)
const roleHeld = defineError(
  'identity.role_held',
  409,
  '该账号已有此角色或正待审批。',
  'The account has this role already, or it is waiting for approval.',
)
const ownRole = defineError(
  'identity.own_role',
  403,
  '不得给自己授予或审批角色。',
  'Nobody gives himself a role.',
)
const samePersonTwice = defineError(
  'identity.same_person_twice',
  403,
  '申请人与审批人不得为同一人。',
  'Who asked for it does not approve it.',
)
const exclusive = defineError(
  'identity.exclusive_roles',
  409,
  '与该账号的“{role}”角色互斥，不得兼任。',
  'It excludes the role "{role}" that the account has.',
)
const otherPlace = defineError(
  'identity.role_of_other_place',
  409,
  '该角色与账号所在机构不符：单位角色只授予单位人员，其余角色只授予纪检监察机关人员。',
  'The role does not fit the place: roles of a unit are for its people, all others for people of the discipline body.',
)
const lastAdministrator = defineError(
  'identity.last_administrator',
  409,
  '“{role}”至少保留一名在用人员，请先授予他人。',
  'At least one active {role} must remain; give the role to somebody else first.',
)

const roleName = (role: string) => roles[role as Role]?.zh ?? role

const faults: Readonly<Record<string, (detail: string) => Error>> = {
  account_username_key_key: () => nameTaken(),
  account_oidc_subject_key: () => subjectTaken(),
  one_holding_of_a_role: () => roleHeld(),
  own_role: () => ownRole(),
  same_person_twice: () => samePersonTwice(),
  exclusive_roles: (detail) => exclusive({ role: roleName(detail) }),
  role_of_other_place: () => otherPlace(),
  last_administrator: (detail) => lastAdministrator({ role: roleName(detail) }),
}

/** Runs `work`; a refusal by one of the database's own rules becomes the sentence for the user. */
export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { constraint, detail } = error as { constraint?: string; detail?: string }
    const fault = constraint ? faults[constraint] : undefined
    throw fault ? fault(detail ?? '') : error
  }
}
