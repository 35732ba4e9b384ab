import { describe, expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { moneyParts, plainMoney, shortMoney } from './money'

describe('money', () => {
  it('every digit is written, at least two behind the point', () => {
    expect(plainMoney(decimal('1234567.123456789'), 'USD', 'en')).toBe('$1,234,567.123456789')
    expect(plainMoney(decimal('3'), 'USD', 'en')).toBe('$3.00')
    expect(plainMoney(decimal('0.000000001'), 'CNY', 'zh-CN')).toBe('¥0.000000001')
    expect(plainMoney(decimal('-1.5'), 'USD', 'en')).toBe('-$1.50')
  })

  it('what has no sign of its own keeps its name', () => {
    expect(plainMoney(decimal('12.5'), 'POINTS', 'en')).toBe('12.50 POINTS')
  })

  it('digits past the fourth are told apart', () => {
    expect(moneyParts(decimal('0.123456789'), 'USD', 'en')).toEqual({ clear: '$0.1234', muted: '56789', after: '' })
    expect(moneyParts(decimal('2.5'), 'USD', 'en')).toEqual({ clear: '$2.50', muted: '', after: '' })
  })

  it('a tile is short, cut and never 0.00 for what is not zero', () => {
    expect(shortMoney(decimal('1234567.89'), 'USD', 'en')).toBe('$1.23M')
    expect(shortMoney(decimal('1234567.89'), 'CNY', 'zh-CN')).toBe('¥123.45万')
    expect(shortMoney(decimal('99.999'), 'USD', 'en')).toBe('$99.99')
    expect(shortMoney(decimal('0.000123'), 'USD', 'en')).toBe('$0.00012')
    expect(shortMoney(decimal('0'), 'USD', 'en')).toBe('$0.00')
  })
})

it('what is counted has no hundredths', () => {
  expect(plainMoney(decimal('999836'), 'TOKEN', 'en')).toBe('999,836 TOKEN')
  expect(plainMoney(decimal('3'), 'CALL:passport', 'en')).toBe('3 CALL:passport')
  expect(plainMoney(decimal('3'), 'USDT', 'en')).toBe('3.00 USDT')
})
