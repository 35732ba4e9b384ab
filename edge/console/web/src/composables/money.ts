import type { Decimal } from '@/api/decimal'

/** Digits of an amount that are as clear as its whole part; what follows is muted. */
const CLEAR_DIGITS = 4
const DIGITS_MAX = 9

function fractionOf(value: Decimal): number {
  return value.includes('.') ? value.length - value.indexOf('.') - 1 : 0
}

/** Tokens and calls of a service are counted: they have no hundredths. */
function isCounted(asset: string | null): boolean {
  return asset === 'TOKEN' || (asset?.startsWith('CALL:') ?? false)
}

function formatter(value: Decimal, currency: string | null, language: string, options: Intl.NumberFormatOptions = {}) {
  const least = isCounted(currency) ? 0 : 2
  const digits = Math.max(least, Math.min(fractionOf(value), DIGITS_MAX))
  const name = currency ?? ''
  const known = /^[A-Z]{3}$/.test(name)
  return new Intl.NumberFormat(language, {
    ...(known ? { style: 'currency', currency: name, currencyDisplay: 'narrowSymbol' } : {}),
    minimumFractionDigits: least,
    maximumFractionDigits: digits,
    // a balance is cut, never rounded up
    roundingMode: 'trunc',
    ...options,
  } as Intl.NumberFormatOptions)
}

/** An amount with its currency and every digit it has: at least two behind the point. */
export function plainMoney(value: Decimal, currency: string | null, language: string): string {
  const text = formatter(value, currency, language).format(value as unknown as number)
  return currency && !/^[A-Z]{3}$/.test(currency) ? `${text} ${currency}` : text
}

export interface MoneyParts {
  clear: string
  /** Digits past the fourth, to be shown with less weight. */
  muted: string
  /** What follows the digits, as a currency that stands behind. */
  after: string
}

export function moneyParts(value: Decimal, currency: string | null, language: string): MoneyParts {
  const parts = formatter(value, currency, language).formatToParts(value as unknown as number)
  const result: MoneyParts = { clear: '', muted: '', after: '' }
  let behind = false
  for (const part of parts) {
    if (part.type === 'fraction') {
      result.clear += part.value.slice(0, CLEAR_DIGITS)
      result.muted = part.value.slice(CLEAR_DIGITS)
      behind = true
    } else if (behind) result.after += part.value
    else result.clear += part.value
  }
  if (currency && !/^[A-Z]{3}$/.test(currency)) result.after += ` ${currency}`
  return result
}

/** For a tile: 1.23 M or 123 万 from a hundred thousand on; below, to the cent, and never 0.00 for what is not zero. */
export function shortMoney(value: Decimal, currency: string | null, language: string): string {
  const size = Math.abs(Number(value))
  if (size >= 100_000) {
    return formatter(value, currency, language, {
      notation: 'compact',
      minimumFractionDigits: 0,
      maximumFractionDigits: 2,
    }).format(value as unknown as number)
  }
  if (size === 0 || size >= 1) {
    return formatter(value, currency, language, { maximumFractionDigits: 2 }).format(value as unknown as number)
  }
  // two digits that say something
  const digits = Math.min(DIGITS_MAX, Math.max(2, Math.ceil(-Math.log10(size)) + 1))
  return formatter(value, currency, language, { maximumFractionDigits: digits }).format(value as unknown as number)
}
