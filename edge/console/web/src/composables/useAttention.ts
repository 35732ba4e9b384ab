import { useQueries, useQueryClient } from '@tanstack/vue-query'
import { useThrottleFn } from '@vueuse/core'
import { computed, watch } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { useRouter } from 'vue-router'
import { api, type Query } from '@/api/client'
import { approximate, type Decimal } from '@/api/decimal'
import type { Tone } from '@/components/tone'
import { useFormat } from '@/composables/useFormat'
import { useFigures } from '@/stores/figures'
import { useSession } from '@/stores/session'

export interface Waiting {
  key: string
  count: string
  tone: Tone
  to: RouteLocationRaw
}

interface Source {
  key: string
  path: string
  query: Query
  tone: Tone
  /** Name of the route and what it is filtered by. */
  route: string
  filter: Record<string, string>
}

const SOURCES: readonly Source[] = [
  { key: 'banned', path: '/api/provider-accounts', query: { state: 'banned' }, tone: 'bad', route: 'accounts', filter: { state: 'banned' } },
  { key: 'circuitOpen', path: '/api/provider-accounts', query: { state: 'circuit_open' }, tone: 'bad', route: 'accounts', filter: { state: 'circuit_open' } },
  { key: 'cooling', path: '/api/provider-accounts', query: { state: 'cooling' }, tone: 'warn', route: 'accounts', filter: { state: 'cooling' } },
  { key: 'inDoubt', path: '/api/in-doubt', query: { count: true }, tone: 'warn', route: 'inDoubt', filter: {} },
]
const REFRESH_MS = 60_000
/** Requests that fail are why accounts are looked at anew, but not for each of them. */
const LOOK_MS = 5_000

/** What waits for a person; a source that fails is left out, and the rest is told all the same. */
export function useAttention() {
  const session = useSession()
  const format = useFormat()
  const router = useRouter()
  const live = useFigures()
  const queries = useQueryClient()
  const answers = useQueries({
    queries: SOURCES.map((source) => ({
      queryKey: ['attention', source.key],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.list(source.path, { query: { ...source.query, page_size: 1 }, signal }),
      refetchInterval: REFRESH_MS,
      enabled: session.has('relay'),
    })),
  })
  const lookAnew = useThrottleFn(() => void queries.invalidateQueries({ queryKey: ['attention'] }), LOOK_MS, true)
  watch(
    () => `${live.figures?.failed} ${live.figures?.in_doubt}`,
    (_after, before) => (before.includes('undefined') ? undefined : lookAnew()),
  )
  const items = computed<Waiting[]>(() =>
    SOURCES.flatMap((source, at) => {
      const total: Decimal | undefined = answers.value[at]?.data?.total
      if (total === undefined || approximate(total) === 0) return []
      const to = router.hasRoute(source.route) ? { name: source.route, query: source.filter } : { name: 'requests', query: { settled: 'in_doubt' } }
      return [{ key: source.key, count: format.count(total), tone: source.tone, to }]
    }),
  )
  return { items, isLoading: computed(() => answers.value.some((answer) => answer.isLoading)) }
}
