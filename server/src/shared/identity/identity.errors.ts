import { defineError } from '#ground/errors/index.ts'

export const refused = defineError(
  'identity.refused',
  401,
  '用户名或口令不正确。',
  'The user name or the password is not right.',
)
export const wrongCode = defineError(
  'identity.wrong_code',
  401,
  '动态验证码不正确或已使用，请等待新的验证码。',
  'The code is wrong or was used before; wait for the next one.',
)
export const locked = defineError(
  'identity.locked',
  429,
  '登录失败次数过多，已暂停登录，请于 {until} 后再试。如需立即解锁，请联系系统管理员。',
  'Too many failed attempts; try again after {until}, or ask the system administrator.',
)
export const mustChangePassword = defineError(
  'identity.must_change_password',
  403,
  '请先修改口令。',
  'Change your password first.',
)
export const mustEnrolSecondFactor = defineError(
  'identity.must_enrol_second_factor',
  403,
  '请先绑定第二认证因素。',
  'Set up your second factor first.',
)
export const badPassword = defineError(
  'identity.bad_password',
  400,
  '新口令不符合要求，请按提示修改。',
  'The new password does not meet the rules; see the fields.',
)
export const usedPassword = defineError(
  'identity.used_password',
  400,
  '新口令与最近 {count} 次用过的口令相同，请换一个。',
  'The new password was one of the last {count}; choose another.',
)
export const noPendingFactor = defineError(
  'identity.no_pending_factor',
  409,
  '没有待确认的第二认证因素，请重新绑定。',
  'No second factor is waiting to be confirmed; start again.',
)
export const factorRequired = defineError(
  'identity.factor_required',
  409,
  '按规定您的账号必须使用第二认证因素，不能停用。',
  'Your account must have a second factor; it cannot be switched off.',
)
export const factorExists = defineError(
  'identity.factor_exists',
  409,
  '已绑定第二认证因素；如需更换，请先停用。',
  'A second factor is set up already; switch it off first to replace it.',
)
export const noSuchSession = defineError(
  'identity.no_such_session',
  404,
  '没有这个会话，可能已经结束。',
  'There is no such session; it may have ended.',
)
