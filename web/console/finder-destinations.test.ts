import { expect, test } from 'vitest'
import { destinationsOf } from './finder-destinations.ts'

const everything = () => true
const names = (text: string, may: (permission: string) => boolean = everything) =>
  destinationsOf(text, may).map(({ name }) => name)

test('a number leads where only such numbers are', () => {
  expect(names('YJ202600001762')).toEqual(['alerts'])
  expect(names('26461000001034000010')).toEqual(['alerts', 'invoices', 'units'])
  expect(destinationsOf('zf12', everything)[0]).toEqual({ name: 'rule', address: '/rules/ZF12' })
  expect(destinationsOf('91460106X000000199', everything)[0]).toEqual({
    name: 'enterprise',
    address: '/libraries/enterprises/91460106X000000199',
  })
})

test('words lead to every list that one may open, and to none that one may not', () => {
  expect(names('茶叶')).toContain('items')
  expect(names('茶叶', (permission) => permission === 'alerts.read')).toEqual(['alerts'])
  expect(names('茶叶', () => false)).toEqual([])
  expect(names('茶')).toEqual([])
})

test('what was written is carried along whole', () => {
  const [first] = destinationsOf('a&b=c 茶', everything)
  expect(new URL(first!.address, 'http://x').searchParams.get('text')).toBe('a&b=c 茶')
})
