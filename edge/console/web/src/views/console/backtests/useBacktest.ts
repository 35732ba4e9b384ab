import { useQuery } from '@tanstack/vue-query'
import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api/client'
import { approximate } from '@/api/decimal'
import type { components } from '@/api/generated/schema'
import { bodyOf, pathOf } from './body'
import type { Candles } from './candles'
import type { Setup } from './setup'
import type { Strategy } from '@/views/console/strategies/values'

export type Result = components['schemas']['BacktestResult']
export type Found = components['schemas']['BacktestFound']
type Curve = components['schemas']['BacktestCurve']

/** What a search answers. */
export interface SearchAnswer {
  best_params: Record<string, unknown> | null
  best_score: string | null
  best_result: Result | null
  total_combinations: string
  elapsed_seconds: string
  ranking: Found[]
  folds?: {
    train: components['schemas']['BacktestSpan']
    test: components['schemas']['BacktestSpan']
    params: Record<string, unknown>
    in_score: string
    out_score: string
  }[]
  equity_curve?: Curve
}

const POLL_MS = 400

/** What a search answers, or nothing of what else was done. */
function searchIn(answer: unknown): SearchAnswer | undefined {
  return typeof answer === 'object' && answer !== null && 'ranking' in answer ? (answer as SearchAnswer) : undefined
}

/** The result in a job's answer; of a search that of the best. */
export function resultOf(answer: unknown): Result | undefined {
  const search = searchIn(answer)
  return search ? (search.best_result ?? undefined) : ((answer as Result | null | undefined) ?? undefined)
}

/** A backtest that was handed in: which one stands in the address, so that a reload finds it again. */
export function useBacktest() {
  const route = useRoute()
  const router = useRouter()
  const failure = ref<unknown>()
  const isSending = ref(false)
  const id = computed(() => String(route.query.job ?? ''))
  const name = route.name
  const answer = useQuery({
    queryKey: ['backtest', id],
    queryFn: ({ signal }) => api.get('/api/backtest/jobs/{job_id}', { at: { job_id: id.value }, signal }),
    enabled: computed(() => id.value !== '' && route.name === name),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchInterval: (query) => (isOpen(query.state.data?.state) ? POLL_MS : false),
  })
  const job = computed(() => (id.value === '' ? undefined : answer.data.value))

  function isOpen(state: string | undefined): boolean {
    return state === 'queued' || state === 'running'
  }

  async function start(setup: Setup, strategy: Strategy, candles: Candles | undefined): Promise<void> {
    if (isSending.value) return
    failure.value = undefined
    isSending.value = true
    try {
      const { job_id } = await api.postText(pathOf(setup), bodyOf(setup, strategy, candles))
      const { page: _page, sort: _sort, open: _open, ...query } = route.query
      await router.push({ query: { ...query, job: job_id } })
    } catch (cause) {
      failure.value = cause
    } finally {
      isSending.value = false
    }
  }

  async function cancel(): Promise<void> {
    await api.delete('/api/backtest/jobs/{job_id}', { at: { job_id: id.value } })
    await answer.refetch()
  }

  return {
    id,
    job,
    result: computed(() => resultOf(job.value?.result)),
    search: computed(() => searchIn(job.value?.result)),
    start,
    cancel,
    failure,
    isSending,
    isOpen: computed(() => isOpen(job.value?.state)),
    progress: computed(() => (job.value ? approximate(job.value.progress) : 0)),
    isLoading: answer.isLoading,
    error: answer.error,
    retry: () => void answer.refetch(),
  }
}
