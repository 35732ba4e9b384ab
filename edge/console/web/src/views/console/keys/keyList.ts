import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type ApiKey = components['schemas']['ApiKey']

/** Keys with which users call. */
export const keyList: ListDefinition<ApiKey> = {
  name: 'keys',
  path: '/api/api-keys',
  title: 'keys.title',
  rowKey: (row) => row.id,
  sorts: ['name', 'prefix', 'user_id', 'enabled', 'requests_per_minute', 'tokens_per_minute', 'concurrent_max', 'expires_at', 'created_at'],
  tenants: true,
  columns: [
    { key: 'name', label: 'keys.columns.name', essential: true },
    { key: 'prefix', label: 'keys.columns.prefix', essential: true },
    { key: 'user_id', label: 'keys.columns.user', value: (row) => `#${row.user_id}`, link: (row) => ({ name: 'requests', query: { user: row.user_id } }), essential: true },
    {
      key: 'enabled',
      label: 'keys.columns.state',
      kind: 'status',
      value: (row) => (row.enabled ? 'on' : 'off'),
      tone: (row) => (row.enabled ? 'good' : 'idle'),
      words: 'common',
      essential: true,
    },
    { key: 'models', label: 'keys.columns.models' },
    { key: 'addresses', label: 'keys.columns.addresses', hidden: true },
    { key: 'requests_per_minute', label: 'keys.columns.rpm', kind: 'count' },
    { key: 'tokens_per_minute', label: 'keys.columns.tpm', kind: 'count' },
    { key: 'concurrent_max', label: 'keys.columns.concurrent', kind: 'count' },
    { key: 'groups', label: 'keys.columns.groups', hidden: true },
    { key: 'expires_at', label: 'keys.columns.expires', kind: 'time' },
    { key: 'retiring_until', label: 'keys.columns.retiring', kind: 'time', hidden: true },
    { key: 'created_at', label: 'keys.columns.created', kind: 'time' },
  ],
  filters: [
    { name: 'user', label: 'keys.columns.user', kind: 'number', api: 'user_id' },
    { name: 'prefix', label: 'keys.columns.prefix', kind: 'text' },
    { name: 'name', label: 'keys.columns.name', kind: 'text' },
    { name: 'enabled', label: 'keys.columns.state', kind: 'flag' },
  ],
}
