import type { ListDefinition } from '@/components/table/list'
import { toneOf, type Account } from './state'

/** Accounts with providers, and what each has cost. */
export const accountList: ListDefinition<Account> = {
  name: 'accounts',
  path: '/api/provider-accounts',
  title: 'accounts.title',
  rowKey: (row) => row.id,
  sorts: ['name', 'provider', 'state', 'rests_until', 'total_cost', 'today_cost', 'recent_cost', 'total_requests', 'priority', 'weight', 'max_concurrency'],
  page: (row) => ({ name: 'account', params: { id: row.id } }),
  columns: [
    {
      key: 'name',
      label: 'accounts.columns.name',
      link: (row) => ({ name: 'account', params: { id: row.id } }),
      essential: true,
    },
    { key: 'provider', label: 'accounts.columns.provider' },
    {
      key: 'state',
      label: 'accounts.columns.state',
      kind: 'status',
      tone: (row) => toneOf(row.state),
      words: 'accounts.states',
      essential: true,
    },
    { key: 'rests_until', label: 'accounts.columns.restsUntil', kind: 'time', hidden: true },
    { key: 'total_cost', label: 'accounts.columns.totalCost', kind: 'money', currency: () => 'USD', essential: true },
    { key: 'today_cost', label: 'accounts.columns.todayCost', kind: 'money', currency: () => 'USD', essential: true },
    { key: 'recent_cost', label: 'accounts.columns.recentCost', kind: 'money', currency: () => 'USD' },
    { key: 'total_requests', label: 'accounts.columns.requests', kind: 'count' },
    { key: 'priority', label: 'accounts.columns.priority', kind: 'count' },
    { key: 'weight', label: 'accounts.columns.weight', kind: 'count' },
    { key: 'groups', label: 'accounts.columns.groups', hidden: true },
    { key: 'models', label: 'accounts.columns.models', value: (row) => row.models ?? '*' },
    { key: 'max_concurrency', label: 'accounts.columns.concurrency', kind: 'count', hidden: true },
    { key: 'keys', label: 'accounts.columns.keys', value: (row) => row.keys.map((key) => key.key) },
    { key: 'cost_factor', label: 'accounts.columns.costFactor', hidden: true },
    { key: 'protocols', label: 'accounts.columns.protocols', hidden: true },
  ],
  filters: [
    { name: 'name', label: 'accounts.columns.name', kind: 'text' },
    { name: 'provider', label: 'accounts.columns.provider', kind: 'text' },
    {
      name: 'state',
      label: 'accounts.columns.state',
      kind: 'choice',
      choices: ['healthy', 'doubtful', 'cooling', 'circuit_open', 'banned', 'off'],
      words: 'accounts.states',
    },
    {
      name: 'protocol',
      label: 'accounts.columns.protocols',
      kind: 'choice',
      choices: ['openai', 'responses', 'anthropic', 'gemini'],
    },
    { name: 'model', label: 'accounts.columns.models', kind: 'text' },
    { name: 'group', label: 'accounts.columns.groups', kind: 'text' },
    { name: 'enabled', label: 'accounts.filters.enabled', kind: 'flag' },
  ],
}
