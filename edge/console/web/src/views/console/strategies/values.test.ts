import { expect, it } from 'vitest'
import { writeJson } from '@/api/json'
import { combinations, searched, valueOf } from './values'

it('values that are searched are listed, or a span with a step, to the last digit', () => {
  expect(searched('3, 5,8')).toEqual(['3', '5', '8'])
  expect(searched('5..20/5')).toEqual(['5', '10', '15', '20'])
  expect(searched('1..3')).toEqual(['1', '2', '3'])
  expect(searched('0.1..0.3/0.1, 2')).toEqual(['0.1', '0.2', '0.3', '2'])
  expect(searched('-2..0')).toEqual(['-2', '-1', '0'])
  expect(searched('3, 3')).toEqual(['3'])
  expect(searched('SMA, EMA')).toEqual(['SMA', 'EMA'])
})

it('a span that has no end is not understood', () => {
  for (const text of ['1..3/0', '1..3/-1', 'a..b', '1..999999', '1..2/x']) expect(searched(text), text).toBeUndefined()
  expect(searched('3..1')).toEqual([])
})

it('combinations are counted without those that were left out', () => {
  expect(combinations({})).toBe(0)
  expect(combinations({ fast: ' ', slow: '' })).toBe(0)
  expect(combinations({ fast: '3,5', slow: '10..30/10', other: '' })).toBe(6)
  expect(combinations({ fast: '3..1' })).toBeUndefined()
  expect(combinations({ fast: '1..3/0' })).toBeUndefined()
})

it('what was typed goes as its parameter wants it, with every digit', () => {
  expect(writeJson(valueOf('number', '0.10'))).toBe('0.10')
  expect(writeJson(valueOf('whole', 'x'))).toBe('"x"')
  expect(writeJson(valueOf('switch', 'true'))).toBe('true')
  expect(writeJson(valueOf('choice', 'EMA'))).toBe('"EMA"')
  expect(writeJson(valueOf('whole_list', '5, 10,20'))).toBe('[5,10,20]')
  expect(writeJson(valueOf('parts', '[{"code":"rsi","weight":1.5,"config":{}}]'))).toBe('[{"code":"rsi","weight":1.5,"config":{}}]')
  expect(writeJson(valueOf('parts', '[{'))).toBe('"[{"')
})
