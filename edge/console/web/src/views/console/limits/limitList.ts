import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type SpendLimit = components['schemas']['SpendLimit']

/** What may be spent by whom in which time. */
export const limitList: ListDefinition<SpendLimit> = {
  name: 'limits',
  path: '/api/spend-limits',
  title: 'limits.title',
  rowKey: (row) => row.id,
  sorts: ['scope', 'span', 'amount', 'remaining', 'window_ends_at', 'updated_at'],
  tenants: true,
  columns: [
    { key: 'scope', label: 'limits.columns.scope', words: 'limits.scopes', essential: true },
    {
      key: 'whose',
      label: 'limits.columns.whose',
      value: (row) => `#${row.api_key_id ?? row.user_id ?? row.tenant_id}`,
      essential: true,
    },
    { key: 'span', label: 'limits.columns.span', words: 'limits.spans' },
    { key: 'amount', label: 'limits.columns.amount', kind: 'money', currency: (row) => row.currency, essential: true },
    { key: 'remaining', label: 'limits.columns.remaining', kind: 'money', currency: (row) => row.currency, essential: true },
    { key: 'window_ends_at', label: 'limits.columns.until', kind: 'time' },
    { key: 'updated_at', label: 'limits.columns.updated', kind: 'time' },
  ],
  filters: [
    { name: 'scope', label: 'limits.columns.scope', kind: 'choice', choices: ['key', 'user', 'tenant'], words: 'limits.scopes' },
    { name: 'user', label: 'limits.user', kind: 'number', api: 'user_id' },
    { name: 'key', label: 'limits.key', kind: 'number', api: 'api_key_id' },
  ],
}
