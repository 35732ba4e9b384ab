import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/api/client'
import type { components } from '@/api/generated/schema'
import { compare, decimal, type Decimal } from '@/api/decimal'

export type MyModel = components['schemas']['MyModel']

/** What kinds of usage cost: by the million of tokens or characters, or by the piece. */
export function pricesOf(model: MyModel, by: 'usd_per_million' | 'usd_each'): [string, Decimal][] {
  const prices = (model.price as Record<string, unknown>)[by]
  return typeof prices === 'object' && prices !== null
    ? Object.entries(prices).map(([kind, price]) => [kind, decimal(String(price))])
    : []
}

export function priceOf(model: MyModel, kind: string): Decimal | null {
  return pricesOf(model, 'usd_per_million').find(([name]) => name === kind)?.[1] ?? null
}

function dearness(model: MyModel): Decimal {
  return priceOf(model, 'output') ?? decimal('0')
}

/** Models that are open to the user, and the cheapest of those that can be talked with now. */
export function useMyModels() {
  const answer = useQuery({
    queryKey: ['my', 'models'],
    queryFn: ({ signal }) => api.get('/api/v1/me/models', { signal }),
    staleTime: 60_000,
  })
  const models = computed(() => answer.data.value?.data ?? [])
  const talking = computed(() => models.value.filter((model) => model.chat))
  const cheapest = computed(
    () =>
      [...talking.value]
        .filter((model) => model.state !== 'resting')
        .sort((a, b) => compare(dearness(a), dearness(b)))[0] ?? talking.value[0],
  )
  return { answer, models, talking, cheapest }
}
