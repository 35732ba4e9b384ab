import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '@/api/client'
import type { Decimal } from '@/api/decimal'

export interface TenantName {
  id: Decimal
  name: string
  currency: string
  zone: string
}

const MANY = 100

/** The tenants there are, and the one whose point of view is taken, else the first. */
export function useTenants() {
  const route = useRoute()
  const answer = useQuery({
    queryKey: ['tenants'],
    queryFn: ({ signal }) => api.list('/api/tenants', { query: { page_size: MANY }, signal }),
    staleTime: 60_000,
  })
  const tenants = computed(() => (answer.data.value?.data ?? []) as TenantName[])
  return {
    answer,
    tenants,
    options: computed(() => tenants.value.map((tenant) => ({ value: String(tenant.id), label: tenant.name }))),
    current: computed(() => {
      const chosen = String(route.query.tenant ?? '')
      return tenants.value.find((tenant) => tenant.id === chosen) ?? tenants.value.at(0)
    }),
    zoneOf: (id: string) => tenants.value.find((tenant) => tenant.id === id)?.zone,
    currencyOf: (id: string) => tenants.value.find((tenant) => tenant.id === id)?.currency,
  }
}
