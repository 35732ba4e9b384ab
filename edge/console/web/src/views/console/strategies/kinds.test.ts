import { expect, it } from 'vitest'
import { kindOfCode } from './kinds'

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
