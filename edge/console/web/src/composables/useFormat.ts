import { computed } from 'vue'
import { moneyParts, plainMoney, shortMoney } from '@/composables/money'
import { absoluteTime, relativeTime } from '@/composables/time'
import type { Decimal } from '@/api/decimal'
import { usePreferences } from '@/stores/preferences'

/** Intl takes decimal strings exactly; its types say so for literals only. */
function exact(value: Decimal): number {
  return value as unknown as number
}

/** Numbers, money and times as the language and the zone of whoever looks want them. */
export function useFormat() {
  const preferences = usePreferences()
  const language = computed(() => preferences.language)
  const zone = computed(() => (preferences.zone === 'UTC' ? 'UTC' : undefined))
  return {
    count: (value: Decimal | number) =>
      new Intl.NumberFormat(language.value).format(typeof value === 'number' ? value : exact(value)),
    short: (value: Decimal | number) =>
      new Intl.NumberFormat(language.value, { notation: 'compact', maximumFractionDigits: 2 }).format(
        typeof value === 'number' ? value : exact(value),
      ),
    percent: (share: number, digits = 1) =>
      new Intl.NumberFormat(language.value, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(share),
    /** A price or a quantity: as many digits as exchanges have. */
    price: (value: Decimal) => new Intl.NumberFormat(language.value, { maximumFractionDigits: 8 }).format(exact(value)),
    /** Of a number that is in percent already. */
    inPercent: (value: Decimal, digits = 2) =>
      `${new Intl.NumberFormat(language.value, { maximumFractionDigits: digits }).format(exact(value))} %`,
    milliseconds: (value: Decimal | number) => {
      const ms = Number(value)
      const [amount, unit] = ms < 1_000 ? [ms, 'ms'] : [ms / 1_000, 's']
      return `${new Intl.NumberFormat(language.value, { maximumFractionDigits: 2 }).format(amount)} ${unit}`
    },
    money: (value: Decimal, currency: string | null) => plainMoney(value, currency, language.value),
    moneyParts: (value: Decimal, currency: string | null) => moneyParts(value, currency, language.value),
    shortMoney: (value: Decimal, currency: string | null) => shortMoney(value, currency, language.value),
    time: (value: string) => absoluteTime(value, language.value, zone.value),
    /** A moment to the minute, of many of one kind. */
    moment: (value: string) =>
      new Intl.DateTimeFormat(language.value, {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        ...(zone.value ? { timeZone: zone.value } : {}),
      }).format(new Date(value)),
    ago: (value: string, now: number) => relativeTime(value, now, language.value, zone.value),
    day: (value: string) =>
      new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`)),
    language,
    zone,
  }
}
