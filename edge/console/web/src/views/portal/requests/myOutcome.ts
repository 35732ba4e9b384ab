import type { components } from '@/api/generated/schema'
import { approximate } from '@/api/decimal'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { Tone } from '@/components/tone'

export type MyRequest = components['schemas']['MyRequest']

const HUNG_UP = 499
const REFUSED = new Set([400, 401, 402, 403, 404, 405, 409, 413, 414, 415, 422, 429, 431])

/** How a request ended, as one word of `request.outcomes`. */
export type Outcome = 'answered' | 'refused' | 'left' | 'failed' | 'doubt' | 'running'

type Ended = Pick<MyRequest, 'status' | 'settled'>

export function outcomeOf(request: Ended): Outcome {
  if (request.settled === 'in_doubt') return 'doubt'
  if (request.status === null) return 'running'
  const status = approximate(request.status)
  if (status < 400) return 'answered'
  if (status === HUNG_UP) return 'left'
  return REFUSED.has(status) ? 'refused' : 'failed'
}

const TONES: Record<Outcome, Tone> = {
  answered: 'good',
  refused: 'warn',
  left: 'warn',
  failed: 'bad',
  doubt: 'warn',
  running: 'info',
}

export function toneOf(request: Ended): Tone {
  return TONES[outcomeOf(request)]
}

/** How far it passed: opened, reserved, settled. Who served it is not told, so the way there is one step. */
export function stepsOf(request: MyRequest): PassageStep[] {
  const outcome = outcomeOf(request)
  const settled = request.settled
  return [
    { label: 'request.steps.opened', state: 'done' },
    { label: 'request.steps.sent', state: outcome === 'answered' || settled !== null ? 'done' : outcome === 'running' ? 'now' : 'failed' },
    {
      label: 'request.steps.settled',
      state: settled === 'settled' ? 'done' : settled === 'in_doubt' ? 'doubt' : settled === 'pending' ? 'now' : 'ahead',
    },
  ]
}
