import { LosslessNumber, parse, stringify } from 'lossless-json'
import { decimal, type Decimal } from './decimal'

/** Reads JSON; every number becomes a Decimal. Throws where it is no JSON. */
export function readJson(text: string): unknown {
  return parse(text, null, { parseNumber: (digits) => decimal(digits) })
}

/** Writes JSON; amounts are Decimals and go as texts, whole numbers by {@link whole}. */
export function writeJson(value: unknown): string {
  return stringify(value) ?? 'null'
}

/** A whole number that the API wants as a number, as an id; it keeps every digit. */
export function whole(value: Decimal | number | string): LosslessNumber {
  return new LosslessNumber(decimal(value))
}
