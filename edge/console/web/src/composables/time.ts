const DAY_MS = 24 * 3_600_000
/** How far the clock of `useNow` may lag behind. */
const LAG_MS = 15_000

/** A moment with its zone, which is always named: what is billed by month hangs on it. */
export function absoluteTime(value: string, language: string, zone: string | undefined): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(value))
}

/** Under a day how long ago, else the day and the minute. */
export function relativeTime(value: string, now: number, language: string, zone: string | undefined): string {
  const at = new Date(value).getTime()
  const past = at > now && at - now <= LAG_MS ? 0 : now - at
  if (Math.abs(past) >= DAY_MS) {
    const thisYear = new Date(now).getUTCFullYear() === new Date(at).getUTCFullYear()
    return new Intl.DateTimeFormat(language, {
      ...(thisYear ? {} : { year: 'numeric' }),
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(zone ? { timeZone: zone } : {}),
    }).format(at)
  }
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const seconds = Math.round(-past / 1_000)
  if (Math.abs(seconds) < 60) return words.format(seconds, 'second')
  if (Math.abs(seconds) < 3_600) return words.format(Math.trunc(seconds / 60), 'minute')
  return words.format(Math.trunc(seconds / 3_600), 'hour')
}

export const RANGES = ['15m', '1h', '24h', '7d', '30d', '90d'] as const
export type Range = (typeof RANGES)[number]

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: DAY_MS }

/** When a preset begins, to the minute: the same question is the same address. */
export function startOf(range: Range, now: number): string {
  const amount = Number(range.slice(0, -1))
  const unit = UNITS[range.slice(-1)] ?? DAY_MS
  return new Date(Math.floor((now - amount * unit) / 60_000) * 60_000).toISOString()
}

/** What a datetime-local field holds, in the browser's zone. */
export function toLocalField(value: string): string {
  const at = new Date(value)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function fromLocalField(value: string): string {
  return new Date(value).toISOString()
}

/** When the day of a moment began in a zone, to the second; days on which clocks change are an hour off at most. */
export function dayBegan(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZone: zone }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return Math.floor(at / 1_000) * 1_000 - ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1_000
}
