import type { components } from '@/api/generated/schema'
import type { Tone } from '@/components/tone'

export type SignalScan = components['schemas']['SignalScan']
type Cooldown = components['schemas']['SignalCooldown']

/** What can come of a look. */
export const OUTCOMES = ['error', 'waiting', 'nothing', 'signalled', 'late', 'cooling', 'limit_order'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** How it is drawn. */
export const TONES: Record<Outcome, Tone> = {
  error: 'bad',
  waiting: 'idle',
  nothing: 'idle',
  signalled: 'good',
  late: 'warn',
  cooling: 'info',
  limit_order: 'info',
}

/** What came of the last look at a pair. */
export function outcomeOf(scan: Pick<SignalScan, 'last_error' | 'last_outcome'>): Outcome {
  if (scan.last_error !== null) return 'error'
  return OUTCOMES.find((each) => each === scan.last_outcome) ?? (scan.last_outcome === null ? 'waiting' : 'nothing')
}

/** Whether nothing is entered in a pair for a while. */
export function isCooling(scan: Pick<SignalScan, 'code' | 'symbol'>, cooldowns: readonly Cooldown[]): boolean {
  return cooldowns.some((each) => each.strategy === scan.code && each.symbol === scan.symbol)
}
