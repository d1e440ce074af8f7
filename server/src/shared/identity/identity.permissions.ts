import { definePermissions } from '#shared/permissions/index.ts'

/** What administrators may do with accounts; three powers that no person holds together. */
export const identityPermissions = definePermissions('identity', {
  read_accounts: {
    zh: '查看账号与角色',
    en: 'see accounts and roles',
    roles: ['system_admin', 'security_admin', 'audit_admin'],
  },
  manage_accounts: {
    zh: '建立、停用、调动账号，重置口令',
    en: 'create, disable and move accounts, reset passwords',
    roles: ['system_admin'],
  },
  request_roles: { zh: '申请授予角色', en: 'ask for roles to be granted', roles: ['system_admin'] },
  decide_roles: { zh: '审批角色', en: 'approve roles', roles: ['security_admin'] },
  end_roles: { zh: '终止角色', en: 'end roles', roles: ['system_admin', 'security_admin'] },
  read_policy: {
    zh: '查看口令与登录策略',
    en: 'see the rules for passwords and sign-in',
    roles: ['system_admin', 'security_admin', 'audit_admin'],
  },
  change_policy: {
    zh: '修改口令与登录策略',
    en: 'change the rules for passwords and sign-in',
    roles: ['security_admin'],
  },
  read_tokens: {
    zh: '查看接口令牌',
    en: 'see tokens of machines',
    roles: ['system_admin', 'security_admin', 'audit_admin'],
  },
  manage_tokens: {
    zh: '建立、撤销接口令牌',
    en: 'create and revoke tokens of machines',
    roles: ['system_admin'],
  },
  decide_tokens: { zh: '审批接口令牌', en: 'approve tokens of machines', roles: ['security_admin'] },
})
