import { expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { heatOf, paramText, varied } from './params'
import type { Found } from './useBacktest'

function found(score: string, params: Record<string, unknown>): Found {
  const zero = decimal(0)
  return { params, score: decimal(score), total_pnl: zero, total_trades: zero, win_rate: zero, max_drawdown_pct: zero }
}

const ranking = [
  found('8', { fast: '10', slow: '30', mode: 'a' }),
  found('4', { fast: '10', slow: '30', mode: 'b' }),
  found('0', { fast: '5', slow: '30', mode: 'a' }),
  found('-2', { fast: '5', slow: '20', mode: 'a' }),
]

it('where two parameters meet stands the best of all others, and what was not run is left open', () => {
  const heat = heatOf(ranking, 'fast', 'slow')
  expect(heat.rows).toEqual(['5', '10'])
  expect(heat.columns).toEqual(['20', '30'])
  expect(heat.cells[1]?.[0]).toBeUndefined()
  expect(heat.cells[1]?.[1]).toEqual({ best: ranking[0], heat: 1 })
  expect(heat.cells[0]?.[1]?.heat).toBe(0)
  expect(heat.cells[0]?.[0]?.heat).toBe(-1)
})

it('the worst is pale where nothing is lost', () => {
  const heat = heatOf([found('8', { a: '1', b: '1' }), found('6', { a: '1', b: '2' })], 'a', 'b')
  expect(heat.cells[0]?.map((cell) => cell?.heat)).toEqual([1, 0])
})

it('only parameters with several values make a map', () => {
  expect(varied(ranking)).toEqual(['fast', 'slow', 'mode'])
  expect(varied(ranking.slice(0, 2))).toEqual(['mode'])
  expect(varied([])).toEqual([])
  expect(paramText(['5', '10'])).toBe('5, 10')
})
