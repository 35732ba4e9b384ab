import type { components } from '@/api/generated/schema'
import { paramText } from './params'
import type { Result } from './useBacktest'

type Curve = components['schemas']['BacktestCurve']

/** As many stand side by side. */
export const COMPARED_MAX = 4

/** Jobs that stand in the address to be compared with. */
export function comparedIn(value: unknown): string[] {
  return [...new Set(String(value ?? '').split(',').filter((id) => id !== ''))]
}

/** What tells results apart: what they are of, and what of their parameters differs. */
export function labelsOf(results: readonly Result[]): string[] {
  const differs = (of: (result: Result) => unknown) => new Set(results.map((one) => paramText(of(one)))).size > 1
  const names = [...new Set(results.flatMap((one) => Object.keys(one.strategy_config)))]
  const isOther = differs((one) => one.strategy_code)
  const varying = isOther ? [] : names.filter((name) => differs((one) => one.strategy_config[name]))
  return results.map((one) => {
    const parts = [
      ...(isOther ? [one.strategy_code] : []),
      ...(differs((each) => each.symbol) ? [one.symbol] : []),
      ...(differs((each) => each.timeframe) ? [one.timeframe] : []),
      ...varying.map((name) => `${name} ${paramText(one.strategy_config[name])}`),
    ]
    return parts.join(', ') || one.strategy_code
  })
}

/** A curve at the times of another: what it last was by then; before it began, what it began with. */
export function atTimes(curve: Curve, times: readonly string[]): number[] {
  const moments = curve.map((mark) => Date.parse(mark.time))
  let place = 0
  return times.map((time) => {
    const wanted = Date.parse(time)
    while (place + 1 < moments.length && (moments[place + 1] ?? Infinity) <= wanted) place++
    return Number(curve[place]?.equity ?? 0)
  })
}
