import { defineError } from '#ground/errors/index.ts'

const classified = defineError(
  'files.classified',
  422,
  '本系统为非涉密平台，严禁处理、传输国家秘密。文件标有密级，已拒收且未保存。',
  'This is not a platform for state secrets. The file bears a mark of secrecy; it was refused and not kept.',
)

/** Marks of secrecy as documents bear them (GB/T 9704): 秘密, 机密, 绝密 with ★ and a term. */
const mark = /(绝密|机密|秘密)\s*[★*☆]/u

/** Refuses a name or a text that bears a mark of 秘密 or above. Throws `files.classified`. */
export function refuseClassified(...texts: readonly string[]): void {
  if (texts.some((text) => mark.test(text) || /^\s*[[【(（]?(绝密|机密|秘密)[\]】)）]/u.test(text)))
    throw classified()
}
