import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addressOf, api } from '@/api/client'
import type { Decimal } from '@/api/decimal'
import type { ListDefinition } from '@/components/table/list'
import { askFor, readAddress, writeAddress, type ListState } from '@/composables/listAddress'

/** Every list of administrators is given as CSV too. */
function isAdministrators(path: string): boolean {
  return path.startsWith('/api/') && !path.startsWith('/api/v1/')
}

/** A list with its state in the address: changing the state changes the address, and back works. */
export function useList<Row>(list: ListDefinition<Row>) {
  const route = useRoute()
  const router = useRouter()
  const name = route.name
  const state = computed<ListState>(() => readAddress(list, route.query))
  const asked = ref(Date.now())
  const counting = ref(false)
  /** Read anew without anybody having asked for it. */
  const isQuiet = ref(false)
  const tenant = computed(() => String(route.query.tenant ?? ''))
  const query = computed(() => askFor(list, state.value, asked.value, tenant.value))
  const filterOnly = computed(() => JSON.stringify([state.value.filters, state.value.range, state.value.start, state.value.end]))

  watch(filterOnly, () => (counting.value = false))

  const answer = useQuery({
    queryKey: ['list', list.path, query, counting],
    queryFn: async ({ signal }) =>
      api.list(list.path, {
        query: { ...query.value, ...(counting.value ? { count: true } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: computed(() => route.name === name),
  })

  function change(part: Partial<ListState>, how: 'push' | 'replace' = 'push'): void {
    const next = { ...state.value, ...part }
    void router[how]({ query: writeAddress(list, next, route.query) })
  }

  return {
    state,
    query,
    change,
    rows: computed(() => (answer.data.value?.data ?? []) as Row[]),
    total: computed<Decimal | undefined>(() => answer.data.value?.total),
    more: computed(() => answer.data.value?.next_cursor != null),
    error: answer.error,
    isLoading: answer.isLoading,
    isOld: answer.isPlaceholderData,
    isFetching: computed(() => answer.isFetching.value && !isQuiet.value),
    count: () => (counting.value = true),
    /** Reads the rows once more as they are asked for, without a word. */
    follow: async () => {
      if (answer.isFetching.value) return
      isQuiet.value = true
      await answer.refetch()
      isQuiet.value = false
    },
    refresh: () => {
      asked.value = Date.now()
      void answer.refetch()
    },
    filtered: computed(() => Object.keys(state.value.filters).length > 0),
    csv: computed(() => {
      const path = list.csv ?? (isAdministrators(list.path) ? list.path : undefined)
      if (!path) return undefined
      const { page: _page, page_size: _size, ...rest } = query.value
      return addressOf(path, { query: { ...rest, format: 'csv' } })
    }),
  }
}

export type ListHandle<Row> = ReturnType<typeof useList<Row>>
