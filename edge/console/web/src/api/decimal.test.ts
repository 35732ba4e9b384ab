import { describe, expect, it } from 'vitest'
import { add, compare, decimal, isDecimal, isNegative, isZero, subtract } from './decimal'

describe('decimal', () => {
  it('keeps every digit of large and small numbers', () => {
    expect(decimal('1234567.123456789')).toBe('1234567.123456789')
    expect(decimal('9007199254740993')).toBe('9007199254740993')
  })

  it('writes exponents out', () => {
    expect(decimal('1E-9')).toBe('0.000000001')
    expect(decimal('1.5e3')).toBe('1500')
    expect(decimal('-2.50E-1')).toBe('-0.250')
    expect(decimal('12.345e1')).toBe('123.45')
  })

  it('refuses what is no number', () => {
    for (const text of ['', 'abc', '1,5', '0x10', 'NaN', '1.', '--1']) {
      expect(isDecimal(text)).toBe(false)
      expect(() => decimal(text)).toThrow()
    }
  })

  it('adds and subtracts exactly where binary fractions do not', () => {
    expect(add(decimal('0.1'), decimal('0.2'))).toBe('0.3')
    expect(subtract(decimal('1'), decimal('0.000000001'))).toBe('0.999999999')
    expect(add(decimal('-5'), decimal('5.00'))).toBe('0')
  })

  it('compares across different numbers of places', () => {
    expect(compare(decimal('1.10'), decimal('1.1'))).toBe(0)
    expect(compare(decimal('-2'), decimal('1'))).toBe(-1)
    expect(compare(decimal('10'), decimal('9.99'))).toBe(1)
    expect(isZero(decimal('-0.000'))).toBe(true)
    expect(isNegative(decimal('-0.001'))).toBe(true)
  })
})
