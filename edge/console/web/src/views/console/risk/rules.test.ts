import { expect, it } from 'vitest'
import { parametersOf, typed } from './rules'

it('parameters are text, whatever their kind', () => {
  const params = { max_positions: '10', mode: 'entries', symbols: ['BTC/USDT', 'ETH/USDT'] }
  expect(parametersOf({ params } as never)).toEqual([
    ['max_positions', '10'],
    ['mode', 'entries'],
    ['symbols', 'BTC/USDT, ETH/USDT'],
  ])
})

it('what is typed is of the kind that the parameter has', () => {
  expect(typed('10', ' 12 ')).toEqual({ number: '12' })
  expect(typed('entries', 'all')).toEqual({ word: 'all' })
  expect(typed([], 'BTC/USDT, ETH/USDT')).toEqual({ list: ['BTC/USDT', 'ETH/USDT'] })
})
