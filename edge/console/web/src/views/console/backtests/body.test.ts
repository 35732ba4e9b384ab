import { expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { bodyOf } from './body'
import { lengthOf, sampleCandles } from './candles'
import { readSetup } from './setup'
import type { Strategy } from '@/views/console/strategies/values'

const crossing: Strategy = {
  code: 'ma_cross',
  name: 'Cross',
  description: '',
  symbol: 'BTC/USDT',
  timeframe: '15m',
  bars: decimal(22),
  parameters: ['fast_ma', 'slow_ma'].map((name) => ({
    name,
    other_names: [],
    kind: 'whole' as const,
    default_value: decimal(5),
    least: decimal(1),
    most: decimal(1000),
    choices: [],
    fewest: null,
    longest: null,
    description: '',
    expected: '',
  })),
}
const csv = { name: 'a.csv', kind: 'csv' as const, text: 'time,open\n1,"2"' }

function sent(query: Record<string, string>, candles: Parameters<typeof bodyOf>[2] = csv) {
  return JSON.parse(bodyOf(readSetup(query), crossing, candles)) as Record<string, unknown>
}

it('a run asks with what was typed, and what is usual of the rest', () => {
  const body = sent({ 'p.fast_ma': '7', 'p.fast': '1', 't.leverage': '3' })
  expect(body).toMatchObject({ strategy_code: 'ma_cross', symbol: 'BTC/USDT', timeframe: '15m', amount_usdt: 1000, leverage: 3 })
  expect(body.strategy_config).toEqual({ fast_ma: 7, fast: 1 })
  expect(body.candles).toBe(csv.text)
  expect(body).not.toHaveProperty('param_grid')
})

it('a search asks with its values, and walks forward only where bars were typed', () => {
  const query = { mode: 'grid', 'v.fast_ma': '3..5', 's.score_by': 'sharpe', 's.min_trades': '4' }
  const body = sent(query)
  expect(body).toMatchObject({ param_grid: { fast_ma: [3, 4, 5] }, score_by: 'sharpe', constraints: { min_trades: 4 } })
  expect(body).not.toHaveProperty('walk_forward')
  expect(sent({ ...query, 's.train_bars': '100', 's.test_bars': '50' }).walk_forward).toEqual({ train_bars: 100, test_bars: 50 })
  expect(sent({ ...query, mode: 'genetic' })).toMatchObject({ param_space: { fast_ma: [3, 4, 5] }, config: { population: 20 }, seed: 0 })
})

it('candles of a JSON file are put in as they are', () => {
  expect(sent({}, { name: 'a.json', kind: 'json', text: '[{"ts":1,"open":0.10}]' }).candles).toEqual([{ ts: 1, open: 0.1 }])
})

it('the sample has sound candles, the same each time, as far apart as the timeframe says', () => {
  const { text } = sampleCandles('4h')
  expect(text).toBe(sampleCandles('4h').text)
  const rows = text.split('\n').slice(1).map((row) => row.split(',').map(Number))
  expect(rows).toHaveLength(2_000)
  for (const [at, row] of rows.entries()) {
    const [time = 0, open = 0, high = 0, low = 0, close = 0] = row
    expect(Math.max(open, close)).toBeLessThanOrEqual(high)
    expect(Math.min(open, close)).toBeGreaterThanOrEqual(low)
    if (at > 0) expect(time - (rows[at - 1]?.[0] ?? 0)).toBe(lengthOf('4h'))
  }
})
