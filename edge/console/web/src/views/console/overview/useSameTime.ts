import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@/api/client'
import { dayBegan } from '@/composables/time'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The request log of today until now, and of yesterday until the same time of day, in a zone. */
export function useSameTime(tenant: Ref<string>, zone: Ref<string>) {
  function ask(days: number) {
    return useQuery({
      queryKey: ['same-time', days, tenant, zone],
      queryFn: ({ signal }) => {
        const until = Date.now() - days * DAY_MS
        const query = { start: new Date(dayBegan(until, zone.value)).toISOString(), end: new Date(until).toISOString(), tenant_id: tenant.value }
        return api.get('/api/request-logs/stats', { query, signal })
      },
      placeholderData: keepPreviousData,
      refetchInterval: MINUTE_MS,
    })
  }
  const today = ask(0)
  const yesterday = ask(1)
  return {
    today: computed(() => today.data.value?.data ?? []),
    yesterday: computed(() => yesterday.data.value?.data ?? []),
    isKnown: computed(() => today.data.value !== undefined && yesterday.data.value !== undefined),
  }
}
