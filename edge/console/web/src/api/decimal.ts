/**
 * A number as the server wrote it: its digits, never a binary fraction. Whatever the API sends as a
 * number arrives as one, ids and counts too.
 */
export type Decimal = string & { readonly decimal: unique symbol }

const FORM = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Digits without an exponent; throws where the text is no number. */
export function decimal(given: string | number | bigint): Decimal {
  const text = String(given).trim()
  const parts = FORM.exec(text)
  if (!parts) throw new TypeError(`${text} is no number (expected: digits)`)
  const [, sign = '', whole = '', fraction = '', exponent] = parts
  if (exponent === undefined) return text as Decimal
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const tail = padded.slice(at)
  return (sign + padded.slice(0, at).replace(/^0+(?=\d)/, '') + (tail ? `.${tail}` : '')) as Decimal
}

/** Whether a text that somebody typed is a number. */
export function isDecimal(text: string): boolean {
  return FORM.test(text.trim())
}

interface Scaled {
  units: bigint
  places: number
}

function scaled(value: Decimal): Scaled {
  const parts = FORM.exec(value)
  if (!parts) throw new TypeError(`${value} is no number (expected: digits)`)
  const fraction = parts[3] ?? ''
  return { units: BigInt(`${parts[1] ?? ''}${parts[2] ?? ''}${fraction}`), places: fraction.length }
}

function together(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const left = scaled(a)
  const right = scaled(b)
  const places = Math.max(left.places, right.places)
  const rise = (one: Scaled) => one.units * 10n ** BigInt(places - one.places)
  return [rise(left), rise(right), places]
}

function written(units: bigint, places: number): Decimal {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  return (sign + whole + (fraction ? `.${fraction}` : '')) as Decimal
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, places] = together(a, b)
  return written(left + right, places)
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [left, right, places] = together(a, b)
  return written(left - right, places)
}

/** Below, at or above zero, as `a` is below, equal to or above `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const [left, right] = together(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export function isZero(value: Decimal): boolean {
  return scaled(value).units === 0n
}

export function isNegative(value: Decimal): boolean {
  return scaled(value).units < 0n
}

/**
 * As a JS number, for what is drawn or counted on a screen and never goes back: the height of a bar,
 * a number of pages. Never for money that is shown in digits.
 */
export function approximate(value: Decimal): number {
  return Number(value)
}
