import { expect, test } from 'vitest'
import { creditCodeFault, personIdFault, upgradedPersonId } from './numbers.ts'

test('the example of GB 11643 holds and every changed digit is found', () => {
  const good = '11010519491231002X'
  expect(personIdFault(good, false)).toBeUndefined()
  for (let place = 0; place < 17; place += 1) {
    const digit = String((Number(good[place]) + 1) % 10)
    expect(personIdFault(good.slice(0, place) + digit + good.slice(place + 1), false)).toBeDefined()
  }
  expect(personIdFault('11010519490231002X', false)).toBe('date')
  expect(personIdFault('1101051949123100', false)).toBe('length')
})

test('a number of before 1999 is upgraded to one that checks', () => {
  const upgraded = upgradedPersonId('110105491231002')
  expect(upgraded).toBe('11010519491231002X')
})

test('the example of GB 32100 holds and every changed character is found', () => {
  const good = '91350100M000100Y43'
  expect(creditCodeFault(good)).toBeUndefined()
  for (let place = 0; place < 17; place += 1) {
    const other = good[place] === '2' ? '3' : '2'
    expect(creditCodeFault(good.slice(0, place) + other + good.slice(place + 1))).toBe('check-digit')
  }
})
