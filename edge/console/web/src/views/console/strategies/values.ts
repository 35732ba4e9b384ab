import { LosslessNumber } from 'lossless-json'
import { add, compare, decimal, isDecimal, isNegative, isZero, type Decimal } from '@/api/decimal'
import type { components } from '@/api/generated/schema'
import { readJson } from '@/api/json'

export type Parameter = components['schemas']['BacktestParameter']
export type Strategy = components['schemas']['BacktestStrategy']

const STEPS_MAX = 10_000

/** A value of a parameter as it stands in its field. */
export function textOf(kind: Parameter['kind'], value: unknown): string {
  if (kind === 'parts') return JSON.stringify(plain(value), null, 1)
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** What stands in a parameter's field where nobody has set it. */
export function usualText(parameter: Parameter): string {
  return textOf(parameter.kind, parameter.default_value)
}

/** Digits as numbers, to be shown as JSON that somebody edits. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
  }
  return typeof value === 'string' && isDecimal(value) ? Number(value) : value
}

/** A number as JSON has it; what is none goes as it was typed, so that the server says what it expects. */
export function numberOf(text: string): LosslessNumber | string {
  return isDecimal(text) ? new LosslessNumber(decimal(text)) : text.trim()
}

/** Digits become numbers again, which strategies want. */
export function unquoted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unquoted)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unquoted(each)]))
  }
  return typeof value === 'string' ? numberOf(value) : value
}

/** What was typed for a parameter, as the API wants it. */
export function valueOf(kind: Parameter['kind'], text: string): unknown {
  switch (kind) {
    case 'whole':
    case 'number':
      return numberOf(text)
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'choice':
      return text
    case 'whole_list':
    case 'number_list':
      return listed(text).map(numberOf)
    case 'parts':
      try {
        return unquoted(readJson(text))
      } catch {
        return text
      }
  }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A span with its step: 5..20/5. */
const SPAN = /^(.+?)\.\.([^/]+)(?:\/(.+))?$/

function steps(from: Decimal, to: Decimal, step: Decimal): Decimal[] {
  const all: Decimal[] = []
  for (let at = from; compare(at, to) <= 0 && all.length <= STEPS_MAX; at = add(at, step)) all.push(at)
  return all
}

/**
 * Values that are searched, as they were typed: some with commas between, spans such as 5..20/5 among
 * them; nothing where a part of it cannot be understood.
 */
export function searched(text: string): string[] | undefined {
  const all: string[] = []
  for (const part of listed(text)) {
    const span = SPAN.exec(part)
    if (!span) {
      all.push(part)
      continue
    }
    const [, from = '', to = '', step = '1'] = span
    if (![from, to, step].every(isDecimal)) return undefined
    const by = decimal(step)
    if (isZero(by) || isNegative(by)) return undefined
    all.push(...steps(decimal(from), decimal(to), by))
  }
  return all.length > STEPS_MAX ? undefined : [...new Set(all)]
}

/** How many combinations there are of what was typed, by parameter; nothing where some of it is not understood. */
export function combinations(values: Readonly<Record<string, string>>): number | undefined {
  let count = 1
  let isAny = false
  for (const text of Object.values(values)) {
    if (text.trim() === '') continue
    const found = searched(text)
    if (!found || found.length === 0) return undefined
    isAny = true
    count *= found.length
  }
  return isAny ? count : 0
}

/** What is set of a strategy, as it stands in fields, by parameter; what is as usual is left out. */
export function paramsIn(config: unknown, kind: Strategy | undefined): Record<string, string> {
  const set: Record<string, string> = {}
  for (const [name, value] of Object.entries((config ?? {}) as Record<string, unknown>)) {
    const parameter = kind?.parameters.find((one) => one.name === name || one.other_names.includes(name))
    const text = parameter ? textOf(parameter.kind, value) : typeof value === 'object' ? JSON.stringify(value) : String(value)
    if (!parameter || text !== usualText(parameter)) set[parameter?.name ?? name] = text
  }
  return set
}
