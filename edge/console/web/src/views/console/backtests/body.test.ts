import { expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { bodyOf, pathOf } from './body'
import { bytesMost, lengthOf, readCandles, sampleCandles } from './candles'
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

function sent(query: Record<string, string>, candles: Parameters<typeof bodyOf>[2]) {
  return JSON.parse(bodyOf(readSetup(query), crossing, candles)) as Record<string, unknown>
}

it('a run asks with what was typed, and what is usual of the rest', () => {
  const body = sent({ 'p.fast_ma': '7', 'p.fast': '1', 't.leverage': '3' }, csv)
  expect(body).toMatchObject({ strategy_code: 'ma_cross', symbol: 'BTC/USDT', timeframe: '15m', amount_usdt: 1000, leverage: 3 })
  expect(body.strategy_config).toEqual({ fast_ma: 7, fast: 1 })
  expect(body.candles).toBe(csv.text)
  expect(body).not.toHaveProperty('param_grid')
})

it('a search asks with its values, and walks forward only where bars were typed', () => {
  const query = { mode: 'grid', 'v.fast_ma': '3..5', 's.score_by': 'sharpe', 's.min_trades': '4' }
  const body = sent(query, csv)
  expect(body).toMatchObject({ param_grid: { fast_ma: [3, 4, 5] }, score_by: 'sharpe', constraints: { min_trades: 4 } })
  expect(body).not.toHaveProperty('walk_forward')
  const walking = { ...query, 's.train_bars': '100', 's.test_bars': '50' }
  expect(sent(walking, csv).walk_forward).toEqual({ train_bars: 100, test_bars: 50 })
  const bred = sent({ ...walking, mode: 'genetic' }, csv)
  expect(bred).toMatchObject({ param_space: { fast_ma: [3, 4, 5] }, config: { population: 20 }, seed: 0 })
  expect(bred.walk_forward).toEqual({ train_bars: 100, test_bars: 50 })
  expect(sent({ ...query, mode: 'genetic' }, csv)).not.toHaveProperty('walk_forward')
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

it('stored candles are named by market and span, and do not come along', () => {
  const body = sent({ candles: 'stored', 'c.exchange': 'okx', 'c.start_time': '2026-01-01T00:00', 'c.limit': '7' }, undefined)
  expect(body).toMatchObject({ exchange: 'okx', market_type: 'future', start_time: new Date(2026, 0, 1).toISOString() })
  for (const none of ['candles', 'end_time', 'limit']) expect(body).not.toHaveProperty(none)
})

it('the last candles of an exchange are asked for by another path, so many of them', () => {
  const query = { candles: 'live', 'c.limit': '900', 'c.market_type': 'spot', 'c.start_time': '2026-01-01T00:00' }
  expect(pathOf(readSetup(query))).toBe('/api/backtest/run-live')
  const body = sent(query, undefined)
  expect(body).toMatchObject({ exchange: 'binance', market_type: 'spot', limit: 900 })
  expect(body).not.toHaveProperty('start_time')
})

it('a file of Parquet goes as text of its bytes, however many they are', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 31) % 256)
  const candles = await readCandles(new File([bytes], 'a.PARQUET'))
  expect(candles.kind).toBe('parquet')
  const back = atob(candles.text)
  expect(back).toHaveLength(bytes.length)
  expect(bytes.every((one, at) => one === back.charCodeAt(at))).toBe(true)
  expect(bytesMost(new File([bytes], 'a.parquet'))).toBeLessThan(bytesMost(new File([bytes], 'a.csv')))
})
