import { expect, it } from 'vitest'
import { kindOfCode, kindOfStrategy } from './kinds'

const kinds = ['ma', 'ma_cross', 'macd'].map((code) => ({ code }))

it('finds the kind of a code, with or without what was added to it', () => {
  expect(kindOfCode(kinds, 'ma_cross')?.code).toBe('ma_cross')
  expect(kindOfCode(kinds, 'ma_cross_btc')?.code).toBe('ma_cross')
  expect(kindOfCode(kinds, 'ma-1')?.code).toBe('ma')
  expect(kindOfCode(kinds, 'macd.eth')?.code).toBe('macd')
})

it('finds none where nothing fits', () => {
  expect(kindOfCode(kinds, 'macdeth')).toBeUndefined()
  expect(kindOfCode(kinds, 'macd_')).toBeUndefined()
  expect(kindOfCode(kinds, '')).toBeUndefined()
})

it('takes the kind that the parameters name before that of the code', () => {
  expect(kindOfStrategy(kinds, { code: 'mine', config: { kind: 'macd' } })?.code).toBe('macd')
  expect(kindOfStrategy(kinds, { code: 'ma_cross_btc', config: { kind: 'macd' } })?.code).toBe('macd')
  expect(kindOfStrategy(kinds, { code: 'ma_cross_btc', config: { fast_ma: 5 } })?.code).toBe('ma_cross')
  expect(kindOfStrategy(kinds, { code: 'ma_cross_btc', config: null })?.code).toBe('ma_cross')
})

it('finds none where the parameters name one that does not exist: the program does not run it either', () => {
  expect(kindOfStrategy(kinds, { code: 'ma_cross_btc', config: { kind: 'none such' } })).toBeUndefined()
})
