import { useQueries, useQuery, useQueryClient } from '@tanstack/vue-query'
import { useThrottleFn } from '@vueuse/core'
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { useRouter } from 'vue-router'
import { api, type Query } from '@/api/client'
import { approximate, decimal, type Decimal } from '@/api/decimal'
import type { Tone } from '@/components/tone'
import { useFormat } from '@/composables/useFormat'
import { useNow } from '@/composables/useNow'
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
  feature: 'relay' | 'billing'
}

const SOURCES: readonly Source[] = [
  { key: 'banned', path: '/api/provider-accounts', query: { state: 'banned' }, tone: 'bad', route: 'accounts', filter: { state: 'banned' }, feature: 'relay' },
  { key: 'circuitOpen', path: '/api/provider-accounts', query: { state: 'circuit_open' }, tone: 'bad', route: 'accounts', filter: { state: 'circuit_open' }, feature: 'relay' },
  { key: 'cooling', path: '/api/provider-accounts', query: { state: 'cooling' }, tone: 'warn', route: 'accounts', filter: { state: 'cooling' }, feature: 'relay' },
  { key: 'inDoubt', path: '/api/in-doubt', query: { count: true }, tone: 'warn', route: 'inDoubt', filter: {}, feature: 'relay' },
  { key: 'belowCost', path: '/api/models', query: { below_cost: true }, tone: 'bad', route: 'models', filter: { below: 'true' }, feature: 'relay' },
  { key: 'secondPayments', path: '/api/recharge-cases', query: { kind: 'second_payment', state: 'open', count: true }, tone: 'warn', route: 'exceptions', filter: { tab: 'payments', kind: 'second_payment', state: 'open' }, feature: 'billing' },
  { key: 'payments', path: '/api/recharge-cases', query: { state: 'open', count: true }, tone: 'warn', route: 'exceptions', filter: { tab: 'payments', state: 'open' }, feature: 'billing' },
  { key: 'settlement', path: '/api/settlement-exceptions', query: { state: 'open' }, tone: 'bad', route: 'exceptions', filter: { tab: 'settlement', state: 'open' }, feature: 'billing' },
  { key: 'losses', path: '/api/settlement-losses', query: { state: 'open' }, tone: 'bad', route: 'exceptions', filter: { tab: 'losses', state: 'open' }, feature: 'billing' },
  { key: 'refundsHeld', path: '/api/refunds', query: { state: 'held', count: true }, tone: 'info', route: 'refunds', filter: { state: 'held', range: 'all' }, feature: 'billing' },
  { key: 'owed', path: '/api/owed', query: {}, tone: 'info', route: 'owed', filter: {}, feature: 'billing' },
]
/** Books that nobody has looked at for so long are to be looked at. */
const AUDIT_MS = 48 * 3_600_000
const REFRESH_MS = 60_000
/** Requests that fail are why accounts are looked at anew, but not for each of them. */
const LOOK_MS = 5_000

/**
 * What waits for a person; a source that fails is left out, and the rest is told all the same.
 *
 * @param isAsked nothing is asked before it is true
 */
export function useAttention(isAsked: MaybeRefOrGetter<boolean> = true) {
  const session = useSession()
  const format = useFormat()
  const now = useNow()
  const router = useRouter()
  const live = useFigures()
  const queries = useQueryClient()
  const answers = useQueries({
    queries: computed(() =>
      SOURCES.map((source) => ({
        queryKey: ['attention', source.key],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api.list(source.path, { query: { ...source.query, page_size: 1 }, signal }),
        refetchInterval: REFRESH_MS,
        enabled: toValue(isAsked) && session.has(source.feature),
      })),
    ),
  })
  const lookAnew = useThrottleFn(() => void queries.invalidateQueries({ queryKey: ['attention'] }), LOOK_MS, true)
  watch(
    () => `${live.figures?.failed} ${live.figures?.in_doubt}`,
    (_after, before) => (before.includes('undefined') ? undefined : lookAnew()),
  )
  const books = useQuery({
    queryKey: ['books'],
    queryFn: ({ signal }) => api.get('/api/ledger/state', { signal }),
    refetchInterval: REFRESH_MS,
    enabled: computed(() => toValue(isAsked) && session.has('billing')),
  })
  const audit = computed<Waiting[]>(() => {
    const state = books.data.value?.data
    if (!state) return []
    const last = state.last_audit
    const to = { name: 'books' }
    if (last && !last.clean) return [{ key: 'unclean', count: format.ago(last.ended_at, now.value), tone: 'bad', to }]
    const isOld = !last || now.value - Date.parse(last.ended_at) > AUDIT_MS
    return isOld ? [{ key: 'unaudited', count: last ? format.ago(last.ended_at, now.value) : '–', tone: 'warn', to }] : []
  })
  const items = computed<Waiting[]>(() => [
    ...audit.value,
    ...SOURCES.flatMap((source, at): Waiting[] => {
      const answer = answers.value[at]?.data
      // what comes whole has no total
      const total: Decimal | undefined = answer && (answer.total ?? decimal(answer.data.length))
      if (total === undefined || approximate(total) === 0) return []
      const to = router.hasRoute(source.route) ? { name: source.route, query: source.filter } : { name: 'requests', query: { settled: 'in_doubt' } }
      return [{ key: source.key, count: format.count(total), tone: source.tone, to }]
    }),
  ])
  return { items, isLoading: computed(() => answers.value.some((answer) => answer.isLoading)) }
}
