import { describe, expect, it } from 'vitest'
import { isCooling, outcomeOf } from './scan'

describe('what came of a look', () => {
  it('is an error where there is one, whatever came of it before', () => {
    expect(outcomeOf({ last_error: 'the exchange answers UNCONFIRMED', last_outcome: 'signalled' })).toBe('error')
  })

  it('is nothing yet before the first look, and nothing where a word is not known', () => {
    expect(outcomeOf({ last_error: null, last_outcome: null })).toBe('waiting')
    expect(outcomeOf({ last_error: null, last_outcome: 'late' })).toBe('late')
    expect(outcomeOf({ last_error: null, last_outcome: 'a new word' })).toBe('nothing')
  })
})

it('a pair cools where its own strategy does', () => {
  const cooling = [{ strategy: 'rsi', symbol: 'BTC/USDT', cooldown_until: '2026-01-01T00:00:00Z', remaining_minutes: '1' as never }]
  expect(isCooling({ code: 'rsi', symbol: 'BTC/USDT' }, cooling)).toBe(true)
  expect(isCooling({ code: 'rsi', symbol: 'ETH/USDT' }, cooling)).toBe(false)
  expect(isCooling({ code: 'macd', symbol: 'BTC/USDT' }, cooling)).toBe(false)
})
