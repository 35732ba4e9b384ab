import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type TenantRow = components['schemas']['TenantRow']

const toPage = (row: TenantRow) => ({ name: 'tenant', params: { id: row.id } })

/** Tenants. */
export const tenantList: ListDefinition<TenantRow> = {
  name: 'tenants',
  path: '/api/tenants',
  title: 'tenants.title',
  rowKey: (row) => row.id,
  sorts: ['id', 'name', 'currency', 'zone', 'users', 'revenue', 'upstream_cost', 'margin', 'monthly_free_tokens', 'in_doubt_rule', 'active', 'created_at'],
  page: toPage,
  columns: [
    { key: 'id', label: 'columns.id', value: (row) => `#${row.id}`, link: toPage },
    { key: 'name', label: 'columns.name', link: toPage, essential: true },
    { key: 'users', label: 'tenants.users', kind: 'count', essential: true },
    { key: 'revenue', label: 'tenants.revenue', kind: 'money', currency: (row) => row.currency, essential: true },
    { key: 'upstream_cost', label: 'tenants.cost', kind: 'money', currency: () => 'USD' },
    { key: 'margin', label: 'tenants.margin', kind: 'money', currency: () => 'USD' },
    { key: 'currency', label: 'columns.currency', hidden: true },
    { key: 'zone', label: 'tenants.zone' },
    { key: 'monthly_free_tokens', label: 'tenants.free', kind: 'count', hidden: true },
    { key: 'in_doubt_rule', label: 'tenants.rule', words: 'tenants.rules' },
    {
      key: 'active',
      label: 'columns.state',
      kind: 'status',
      value: (row) => (row.active ? 'on' : 'off'),
      tone: (row) => (row.active ? 'good' : 'idle'),
      words: 'tenants',
      essential: true,
    },
    { key: 'app_key', label: 'tenants.appKey', kind: 'id', hidden: true },
    { key: 'created_at', label: 'columns.created', kind: 'time' },
  ],
  filters: [
    { name: 'name', label: 'columns.name', kind: 'text' },
    { name: 'active', label: 'tenants.on', kind: 'flag' },
  ],
}
