import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'

export type QuotaPlan = components['schemas']['QuotaPlan']

/** The numbers of a plan that can be limited. */
export const LIMITS = ['api_calls_daily', 'api_calls_monthly', 'max_users', 'max_strategies', 'max_exchange_accounts'] as const

const limitColumns: Column<QuotaPlan>[] = LIMITS.map((key) => ({ key, label: `quotaPlans.${key}`, kind: 'count' as const }))

/** How much tenants may have. */
export const quotaPlanList: ListDefinition<QuotaPlan> = {
  name: 'quotaPlans',
  path: '/api/quota-plans',
  title: 'quotaPlans.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'name', label: 'columns.name', essential: true },
    { key: 'code', label: 'quotaPlans.code', kind: 'id', essential: true },
    ...limitColumns,
    { key: 'fee', label: 'quotaPlans.fee', kind: 'money', currency: (row) => row.currency, essential: true },
    {
      key: 'active',
      label: 'columns.state',
      kind: 'status',
      value: (row) => (row.active ? 'on' : 'off'),
      tone: (row) => (row.active ? 'good' : 'idle'),
      words: 'common',
      essential: true,
    },
  ],
  filters: [{ name: 'active', label: 'common.on', kind: 'flag' }],
}
