import type { components } from '@/api/generated/schema'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { Tone } from '@/components/tone'

export type Recharge = components['schemas']['MyRecharge']

export const TONES: Record<Recharge['status'], Tone> = {
  pending: 'info',
  success: 'good',
  failed: 'bad',
  expired: 'warn',
  refunded: 'idle',
}

/** How far an order has passed: made, paid, credited. */
export function stepsOf(order: Pick<Recharge, 'status'>): PassageStep[] {
  const status = order.status
  const isPaid = status === 'success' || status === 'refunded'
  return [
    { label: 'myTopUp.steps.made', state: 'done' },
    { label: 'myTopUp.steps.paid', state: isPaid ? 'done' : status === 'pending' ? 'now' : 'failed' },
    { label: 'myTopUp.steps.credited', state: isPaid ? 'done' : 'ahead' },
  ]
}
