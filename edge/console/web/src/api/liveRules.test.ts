import { describe, expect, it } from 'vitest'
import { addressAfter, shownState, stateAfter, waitAfter } from './liveRules'

describe('connecting again', () => {
  it('waits longer each time, and never more than five seconds', () => {
    expect([1, 2, 3, 4, 5, 100].map(waitAfter)).toEqual([500, 1_000, 3_000, 5_000, 5_000, 5_000])
    expect(waitAfter(0)).toBe(500)
  })

  it('says nothing of a stream that ended once, then reconnects, then asks now and then', () => {
    const after = [0, 1, 2, 3, 4, 50].map((failures) => stateAfter('live', failures))
    expect(after).toEqual(['live', 'live', 'reconnecting', 'reconnecting', 'polling', 'polling'])
  })

  it('does not say live before it was', () => {
    expect(stateAfter('off', 1)).toBe('off')
    expect(stateAfter('polling', 1)).toBe('polling')
  })

  it('goes on after the last event', () => {
    expect(addressAfter('/api/stream', '')).toBe('/api/stream')
    expect(addressAfter('/api/stream', '17')).toBe('/api/stream?last_event_id=17')
    expect(addressAfter('/api/stream?tenant_id=2', 'a&b=c')).toBe('/api/stream?tenant_id=2&last_event_id=a%26b%3Dc')
  })
})

describe('what is said of the connection', () => {
  it('is live while events come, however old the last change is', () => {
    expect(shownState('live', 600_000, true)).toBe('live')
  })

  it('is offline without a network, whatever the stream believes', () => {
    expect(shownState('live', 0, false)).toBe('offline')
  })

  it('reconnects for as long as asking is answered', () => {
    expect(shownState('reconnecting', 0, true)).toBe('reconnecting')
    expect(shownState('polling', 15_000, true)).toBe('reconnecting')
    expect(shownState('polling', 31_000, true)).toBe('offline')
    expect(shownState('off', 31_000, true)).toBe('connecting')
  })
})
