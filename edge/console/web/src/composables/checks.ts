import { isDecimal } from '@/api/decimal'
import type { Check } from '@/composables/useForm'

/** Checks of what is typed into a field: the key of what is wrong with it. */

/** A whole number, 0 or more; nothing typed is fine. */
export const wholeOrNone: Check = (value) => (value.trim() === '' || /^\d+$/.test(value.trim()) ? undefined : 'components.notWhole')

/** A whole number, 0 or more. */
export const wholeNumber: Check = (value) => (/^\d+$/.test(value.trim()) ? undefined : 'components.notWhole')

/** An amount, 0 or more. */
export const amount: Check = (value) =>
  isDecimal(value) && !value.trim().startsWith('-') ? undefined : 'components.notAmount'

/** An amount, 0 or more, or nothing. */
export const amountOrNone: Check = (value) => (value.trim() === '' ? undefined : amount(value))

/** What a datetime-local field holds, or nothing. */
export const momentOrNone: Check = (value) =>
  value === '' || !Number.isNaN(Date.parse(value)) ? undefined : 'components.notMoment'

/** A moment as the API wants it; null where none was typed. */
export function momentOf(local: string): string | null {
  return local === '' ? null : new Date(local).toISOString()
}
