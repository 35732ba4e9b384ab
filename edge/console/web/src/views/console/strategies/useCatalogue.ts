import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api } from '@/api/client'
import { kindOfCode, kindOfStrategy } from './kinds'

/** Every strategy that the program knows, with what can be set of it. */
export function useCatalogue() {
  const answer = useQuery({
    queryKey: ['strategy-catalogue'],
    queryFn: ({ signal }) => api.get('/api/backtest/strategies', { signal }),
    staleTime: Infinity,
  })
  const kinds = computed(() => answer.data.value?.data ?? [])
  return {
    answer,
    kinds,
    kindOf: (code: string) => kindOfCode(kinds.value, code),
    kindThatRuns: (strategy: { code: string; config: unknown }) => kindOfStrategy(kinds.value, strategy),
  }
}
