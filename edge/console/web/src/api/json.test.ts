import { expect, it } from 'vitest'
import { readJson, whole, writeJson } from './json'

it('numbers are read with all their digits', () => {
  expect(readJson('{"cost":1234567.123456789,"id":9007199254740993,"deep":[1E-9,{"n":-0.10}]}')).toEqual({
    cost: '1234567.123456789',
    id: '9007199254740993',
    deep: ['0.000000001', { n: '-0.10' }],
  })
})

it('ids are written as numbers and amounts as texts', () => {
  expect(writeJson({ id: whole('9007199254740993'), amount: '0.30', on: true, note: null })).toBe(
    '{"id":9007199254740993,"amount":"0.30","on":true,"note":null}',
  )
})

it('a name of the prototype stays a name', () => {
  const read = readJson('{"__proto__":{"admin":true}}') as Record<string, unknown>
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
  expect(read.admin).toBeUndefined()
})
