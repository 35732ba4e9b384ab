import type { components } from '@/api/generated/schema'
import type { Tone } from '@/components/tone'

export type Account = components['schemas']['ProviderAccount']

const TONES: Record<Account['state'], Tone> = {
  off: 'idle',
  healthy: 'good',
  doubtful: 'warn',
  cooling: 'warn',
  circuit_open: 'bad',
  banned: 'bad',
}

export function toneOf(state: Account['state']): Tone {
  return TONES[state]
}
