import { expect, it } from 'vitest'
import { absoluteTime, dayBegan, relativeTime, startOf } from './time'

const NOW = Date.parse('2026-11-30T12:00:00Z')

it('under a day is told as how long ago, beyond as a date', () => {
  expect(relativeTime('2026-11-30T11:59:20Z', NOW, 'en', 'UTC')).toBe('40 sec. ago')
  expect(relativeTime('2026-11-30T10:30:00Z', NOW, 'en', 'UTC')).toBe('1 hr. ago')
  expect(relativeTime('2026-11-30T11:00:00Z', NOW, 'zh-CN', 'UTC')).toBe('1小时前')
  expect(relativeTime('2026-11-28T11:00:00Z', NOW, 'en', 'UTC')).toBe('11/28, 11:00')
  expect(relativeTime('2025-11-28T11:00:00Z', NOW, 'en', 'UTC')).toBe('11/28/2025, 11:00')
})

it('what came since the clock of the pages last went on is now, and not to come', () => {
  expect(relativeTime('2026-11-30T12:00:03Z', NOW, 'en', 'UTC')).toBe('now')
  expect(relativeTime('2026-11-30T12:00:40Z', NOW, 'en', 'UTC')).toBe('in 40 sec.')
})

it('a moment names its zone', () => {
  expect(absoluteTime('2026-11-30T11:59:20Z', 'en', 'UTC')).toContain('UTC')
})

it('a preset begins on a whole minute', () => {
  expect(startOf('24h', NOW + 31_000)).toBe('2026-11-29T12:00:00.000Z')
  expect(startOf('15m', NOW)).toBe('2026-11-30T11:45:00.000Z')
})

it('a day begins at the midnight of its zone', () => {
  const began = (zone: string) => new Date(dayBegan(NOW + 5_250, zone)).toISOString()
  expect(began('UTC')).toBe('2026-11-30T00:00:00.000Z')
  expect(began('Asia/Shanghai')).toBe('2026-11-29T16:00:00.000Z')
  expect(began('America/New_York')).toBe('2026-11-30T05:00:00.000Z')
  expect(new Date(dayBegan(Date.parse('2026-11-30T00:00:00Z'), 'UTC')).toISOString()).toBe('2026-11-30T00:00:00.000Z')
})
