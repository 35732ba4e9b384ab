import { expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { chartOf, share, sumsOf, type UsageRow } from './usageRows'

function row(at: string, group: string | null, cost: string, requests = '1'): UsageRow {
  return {
    at,
    group,
    name: null,
    requests: decimal(requests),
    failed: decimal('0'),
    input_tokens: decimal('9007199254740993'),
    output_tokens: decimal('1'),
    cost: decimal(cost),
    currency: 'USD',
  }
}

it('adds amounts exactly and in the order of time', () => {
  const chart = chartOf([row('a', 'x', '0.1'), row('a', 'y', '0.2'), row('b', 'x', '0.000000001')], 'cost', 'others')
  expect(chart.series).toEqual(['y', 'x'])
  expect(chart.times.map((time) => time.total)).toEqual(['0.3', '0.000000001'])
  expect(chart.max).toBe('0.3')
  expect(share(decimal('0.15'), chart.max)).toBe(50)
})

it('draws six series at most, the rest together', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at) => row('t', name, String(at + 1)))
  const chart = chartOf(rows, 'cost', 'others')
  expect(chart.series).toEqual(['h', 'g', 'f', 'e', 'd', 'others'])
  expect(chart.times[0]?.parts.at(-1)?.value).toBe('6')
  expect(chartOf(rows, 'tokens', 'others').max).toBe('72057594037927952')
})

it('adds up by series, and currencies are never added', () => {
  const other = { ...row('b', 'x', '7'), currency: 'CNY' }
  const sums = sumsOf([row('a', 'x', '1'), row('b', 'x', '2'), other])
  expect(sums.map((sum) => [sum.cost, sum.currency])).toEqual([
    ['7', 'CNY'],
    ['3', 'USD'],
  ])
})
