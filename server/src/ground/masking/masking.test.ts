import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskedName, maskedNumber, maskedPersonal, maskedTaxpayer, maskedText } from './masking.ts'

test('masks keep what tells two apart and no more', () => {
  expect([maskedName('王'), maskedName('王小明')]).toEqual(['王＊', '王＊＊'])
  expect([maskedNumber('469999197001010011'), maskedNumber('123')]).toEqual(['4699**********0011', '***'])
  expect([maskedText('王'), maskedText('王小明'), maskedText('6222000011112222')]).toEqual([
    '王*',
    '王***明',
    '6222***2222',
  ])
  expect(['469999197001010011', '1234', '王小明', '海滨物资有限公司', '', null].map(maskedPersonal)).toEqual([
    '****0011',
    '****',
    '王**',
    '海滨物资有限公司',
    '',
    null,
  ])
})

test('the number of a buyer or seller is masked where it is a citizen number, also with two digits behind it', () => {
  expect(
    ['91469999MA0000002U', '460100123456789', '469999198503120014', '46999919850312001401'].map(
      maskedTaxpayer,
    ),
  ).toEqual(['91469999MA0000002U', '460100123456789', '4699**********0014', '4699************1401'])
})

test('no mask shows more than four fifths of what it hides', () => {
  const shown = (text: string) => [...text].filter((sign) => sign !== '*' && sign !== '＊').length
  const digits = fc.stringMatching(/^\d{1,30}$/)
  fc.assert(
    fc.property(digits, (number) => {
      for (const mask of [maskedNumber(number), maskedText(number), String(maskedPersonal(number))])
        expect(shown(mask)).toBeLessThanOrEqual(Math.max(1, Math.floor((number.length * 4) / 5)))
    }),
  )
})
