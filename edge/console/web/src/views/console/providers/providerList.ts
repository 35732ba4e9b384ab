import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type Provider = components['schemas']['Provider']

/** Whom we buy from. */
export const providerList: ListDefinition<Provider> = {
  name: 'providers',
  path: '/api/providers',
  title: 'providers.title',
  rowKey: (row) => row.id,
  sorts: ['name', 'base_url', 'enabled', 'updated_at'],
  columns: [
    { key: 'name', label: 'providers.columns.name', link: (row) => ({ name: 'accounts', query: { provider: row.name } }), essential: true },
    { key: 'protocols', label: 'providers.columns.protocols', essential: true },
    { key: 'base_url', label: 'providers.columns.baseUrl' },
    {
      key: 'healthy',
      label: 'providers.columns.healthy',
      kind: 'status',
      value: (row) => `${row.healthy_accounts} / ${row.accounts}`,
      tone: (row) => (row.accounts === '0' ? 'idle' : row.healthy_accounts === row.accounts ? 'good' : row.healthy_accounts === '0' ? 'bad' : 'warn'),
      essential: true,
    },
    {
      key: 'enabled',
      label: 'providers.columns.state',
      kind: 'status',
      value: (row) => (row.enabled ? 'on' : 'off'),
      tone: (row) => (row.enabled ? 'good' : 'idle'),
      words: 'common',
      essential: true,
    },
    { key: 'updated_at', label: 'providers.columns.updated', kind: 'time' },
  ],
  filters: [{ name: 'name', label: 'providers.columns.name', kind: 'text' }],
}
