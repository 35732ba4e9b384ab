import { expect, it } from 'vitest'
import { decimal } from '@/api/decimal'
import { atTimes, comparedIn, labelsOf } from './compare'
import type { Result } from './useBacktest'

function result(strategy_code: string, strategy_config: Record<string, unknown>, symbol = 'BTC/USDT'): Result {
  return { strategy_code, strategy_config, symbol, timeframe: '1h' } as unknown as Result
}

it('results are called by what differs between them', () => {
  expect(labelsOf([result('ma_cross', { fast: '5', slow: '20' }), result('ma_cross', { fast: '8', slow: '20' })])).toEqual([
    'fast 5',
    'fast 8',
  ])
  expect(labelsOf([result('ma_cross', { fast: '5' }), result('rsi', { period: '14' }, 'ETH/USDT')])).toEqual([
    'ma_cross, BTC/USDT',
    'rsi, ETH/USDT',
  ])
  expect(labelsOf([result('ma_cross', {}), result('ma_cross', {})])).toEqual(['ma_cross', 'ma_cross'])
})

it('a curve is read at the times of another', () => {
  const mark = (hour: number, equity: string) => ({
    time: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
    equity: decimal(equity),
    balance: decimal(equity),
    drawdown_pct: decimal(0),
  })
  const curve = [mark(2, '10'), mark(4, '12'), mark(6, '11')]
  expect(atTimes(curve, [1, 2, 3, 4, 9].map((hour) => mark(hour, '0').time))).toEqual([10, 10, 10, 12, 11])
  expect(atTimes([], [mark(1, '0').time])).toEqual([0])
})

it('jobs to compare with are in the address once each', () => {
  expect(comparedIn('a,b,a,')).toEqual(['a', 'b'])
  expect(comparedIn(undefined)).toEqual([])
})
