/** What a stream of live numbers goes by: how long it waits, and what it says of itself. */
export type LiveState = 'live' | 'reconnecting' | 'polling' | 'off'

/** What whoever looks is told. */
export type ShownState = 'live' | 'connecting' | 'reconnecting' | 'offline'

export const HIDDEN_MS = 5 * 60_000
export const SILENT_MS = 75_000
export const POLL_MS = 15_000
const FAILURES_MAX = 4
const RETRY_MS = [500, 1_000, 3_000, 5_000] as const

/** How long it waits before it connects again. */
export function waitAfter(failures: number): number {
  return RETRY_MS[Math.min(Math.max(failures, 1), RETRY_MS.length) - 1] ?? 5_000
}

/** A stream that ended is followed by the next one at once: only the second failure is worth a word. */
export function stateAfter(before: LiveState, failures: number): LiveState {
  if (failures < 2) return before
  return failures < FAILURES_MAX ? 'reconnecting' : 'polling'
}

/** The address that goes on after the last event there was. */
export function addressAfter(url: string, lastId: string): string {
  if (!lastId) return url
  return `${url}${url.includes('?') ? '&' : '?'}last_event_id=${encodeURIComponent(lastId)}`
}

/** Asked for now and then it is still reconnecting; offline once that too is not answered. */
export function shownState(state: LiveState, age: number, isOnline: boolean): ShownState {
  if (!isOnline) return 'offline'
  if (state === 'live') return 'live'
  if (state === 'off') return 'connecting'
  return state === 'polling' && age > 2 * POLL_MS ? 'offline' : 'reconnecting'
}
