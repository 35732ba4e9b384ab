import { expect, it } from 'vitest'
import { readSetup, signOf, writeSetup } from './setup'

it('what is as usual is not in the address, and what is not its own stays there', () => {
  expect(writeSetup(readSetup({}), { job: 'x', page: '2' })).toEqual({ job: 'x', page: '2' })
})

it('an address says what was chosen, and reading it gives the same again', () => {
  const query = {
    mode: 'grid',
    strategy: 'rsi',
    symbol: 'ETH/USDT',
    timeframe: '4h',
    candles: 'sample',
    'p.rsi_period': '7',
    't.leverage': '3',
    'v.rsi_period': '5..20/5',
    's.score_by': 'sharpe',
  }
  const setup = readSetup(query)
  expect(setup.parameters).toEqual({ rsi_period: '7' })
  expect(setup.search).toEqual({ score_by: 'sharpe' })
  expect(writeSetup(setup, { job: '1', strategy: 'old', 'p.old': '1' })).toEqual({ ...query, job: '1' })
  expect(signOf({ ...query, job: '1' })).toBe(signOf(query))
  expect(signOf({ ...query, 'p.rsi_period': '8' })).not.toBe(signOf(query))
})

it('what is not known becomes what is usual', () => {
  expect(readSetup({ mode: 'guess', candles: 'moon' })).toMatchObject({ mode: 'run', source: 'file' })
})
