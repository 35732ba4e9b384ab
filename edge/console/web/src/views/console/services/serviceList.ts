import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import type { TenantName } from '@/composables/useTenants'

export type Service = components['schemas']['Service']

/** The services of a tenant. */
export function serviceListOf(tenant: TenantName): ListDefinition<Service> {
  return {
    name: 'services',
    path: '/api/services',
    title: 'services.title',
    rowKey: (row) => row.service,
    sorts: ['service', 'price', 'monthly_free', 'effective_from'],
    fixed: { tenant_id: tenant.id },
    whole: true,
    filters: [],
    columns: [
      { key: 'service', label: 'services.service', essential: true },
      { key: 'price', label: 'services.price', kind: 'money', currency: () => tenant.currency, essential: true },
      { key: 'monthly_free', label: 'services.free', kind: 'count', essential: true },
      { key: 'effective_from', label: 'services.from', kind: 'time', essential: true },
      { key: 'asset', label: 'columns.asset', hidden: true },
    ],
  }
}
