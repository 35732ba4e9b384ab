import type { components } from '@/api/generated/schema'
import type { Tone } from '@/components/tone'

type Rule = components['schemas']['RiskRule']

const TONES: Readonly<Record<string, Tone>> = { critical: 'bad', error: 'warn', warning: 'info' }

export function toneOfSeverity(severity: string): Tone {
  return TONES[severity] ?? 'idle'
}

/** Parameters of a rule with their values as text; lists are joined by commas. */
export function parametersOf(rule: Pick<Rule, 'params'>): [string, string][] {
  return Object.entries(rule.params).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])
}

/** What was typed for a parameter, as the API takes it: of the kind that it has now. */
export function typed(was: unknown, text: string): { list: string[] } | { word: string } | { number: string } {
  if (Array.isArray(was)) {
    return {
      list: text
        .split(/[,\s]+/)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    }
  }
  return typeof was === 'string' && !/^-?\d/.test(was) ? { word: text.trim() } : { number: text.trim() }
}
