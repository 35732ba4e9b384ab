import type { components } from '@/api/generated/schema'
import { add, approximate, compare, decimal, type Decimal } from '@/api/decimal'

export type UsageRow = components['schemas']['MyUsageRow']
export type Measure = 'cost' | 'tokens' | 'requests'

const SERIES_MAX = 6
const NONE = decimal('0')

/** One day or hour: what each series has in it. */
export interface UsageTime {
  at: string
  parts: readonly { series: number; value: Decimal }[]
  total: Decimal
}

export interface UsageChart {
  series: readonly string[]
  times: readonly UsageTime[]
  /** The largest total, to draw the others against. */
  max: Decimal
}

/** What a row counts for a measure. The sums of the server are added exactly, nothing is priced. */
export function measured(row: UsageRow, measure: Measure): Decimal {
  if (measure === 'requests') return row.requests
  if (measure === 'tokens') return add(row.input_tokens, row.output_tokens)
  return row.cost ?? NONE
}

export function nameOf(row: UsageRow): string {
  return row.name ?? row.group ?? ''
}

function sumInto(sums: Map<string, Decimal>, name: string, value: Decimal): void {
  sums.set(name, add(sums.get(name) ?? NONE, value))
}

/** Rows as a chart: the largest series each by itself, the rest together under the last name. */
export function chartOf(rows: readonly UsageRow[], measure: Measure, others: string): UsageChart {
  const sums = new Map<string, Decimal>()
  for (const row of rows) sumInto(sums, nameOf(row), measured(row, measure))
  const sorted = [...sums.entries()].sort((a, b) => compare(b[1], a[1])).map(([name]) => name)
  const own = sorted.length > SERIES_MAX ? sorted.slice(0, SERIES_MAX - 1) : sorted
  const series = own.length < sorted.length ? [...own, others] : own
  const times = new Map<string, Map<string, Decimal>>()
  for (const row of rows) {
    const parts = times.get(row.at) ?? new Map<string, Decimal>()
    times.set(row.at, parts)
    sumInto(parts, own.includes(nameOf(row)) ? nameOf(row) : others, measured(row, measure))
  }
  let max = NONE
  const drawn = [...times.entries()].map(([at, parts]) => {
    const total = [...parts.values()].reduce(add, NONE)
    if (compare(total, max) > 0) max = total
    return {
      at,
      parts: series.flatMap((name, index) => {
        const value = parts.get(name)
        return value === undefined ? [] : [{ series: index, value }]
      }),
      total,
    }
  })
  return { series, times: drawn, max }
}

/** A part of the largest, in percent: for the height of a bar only. */
export function share(value: Decimal, max: Decimal): number {
  const all = approximate(max)
  return all === 0 ? 0 : (approximate(value) / all) * 100
}

export interface UsageSum {
  name: string
  requests: Decimal
  failed: Decimal
  input: Decimal
  output: Decimal
  cost: Decimal
  currency: string | null
}

/** The same rows added up by series and currency, for the table beside the chart. */
export function sumsOf(rows: readonly UsageRow[]): UsageSum[] {
  const sums = new Map<string, UsageSum>()
  for (const row of rows) {
    const key = JSON.stringify([nameOf(row), row.currency])
    const before = sums.get(key)
    sums.set(key, {
      name: nameOf(row),
      requests: add(before?.requests ?? NONE, row.requests),
      failed: add(before?.failed ?? NONE, row.failed),
      input: add(before?.input ?? NONE, row.input_tokens),
      output: add(before?.output ?? NONE, row.output_tokens),
      cost: add(before?.cost ?? NONE, row.cost ?? NONE),
      currency: row.currency,
    })
  }
  return [...sums.values()].sort((a, b) => compare(b.cost, a.cost) || compare(b.requests, a.requests))
}
