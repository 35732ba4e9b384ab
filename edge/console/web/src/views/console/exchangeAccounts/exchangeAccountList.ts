import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type ExchangeAccount = components['schemas']['ExchangeAccount']

const USDT = () => 'USDT'

/** Users' accounts at exchanges. */
export const exchangeAccountList: ListDefinition<ExchangeAccount> = {
  name: 'exchangeAccounts',
  path: '/api/exchange-accounts',
  title: 'exchangeAccounts.title',
  rowKey: (row) => row.id,
  columns: [
    {
      key: 'user_id',
      label: 'columns.user',
      value: (row) => row.user_email ?? `#${row.user_id}`,
      link: (row) => ({ name: 'user', params: { id: row.user_id } }),
      essential: true,
    },
    { key: 'exchange', label: 'strategies.exchange', words: 'strategies.exchanges', essential: true },
    { key: 'account_type', label: 'exchangeAccounts.type', words: 'exchangeAccounts.types' },
    { key: 'sandbox', label: 'exchangeAccounts.sandbox', kind: 'flag', hidden: true },
    { key: 'api_key', label: 'columns.key', kind: 'text' },
    { key: 'balance', label: 'exchangeAccounts.spot', kind: 'money', currency: USDT },
    { key: 'futures_balance', label: 'exchangeAccounts.futures', kind: 'money', currency: USDT, essential: true },
    { key: 'futures_available', label: 'exchangeAccounts.available', kind: 'money', currency: USDT },
    { key: 'execution_node_id', label: 'exchangeAccounts.node' },
    {
      key: 'status',
      label: 'columns.state',
      kind: 'status',
      value: (row) => (row.status === '1' ? 'on' : 'off'),
      tone: (row) => (row.status === '1' ? 'good' : 'idle'),
      words: 'common',
      essential: true,
    },
    { key: 'last_sync_at', label: 'exchangeAccounts.synced', kind: 'time' },
    { key: 'last_sync_error', label: 'exchangeAccounts.syncError', hidden: true },
    { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  ],
  filters: [
    { name: 'exchange', label: 'strategies.exchange', kind: 'choice', choices: ['binance', 'okx', 'gate', 'paper'], words: 'strategies.exchanges' },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'node', label: 'exchangeAccounts.node', kind: 'number', api: 'execution_node_id' },
    { name: 'unassigned', label: 'exchangeAccounts.unassigned', kind: 'flag' },
  ],
  sorts: ['balance', 'futures_balance', 'futures_available', 'last_sync_at', 'created_at'],
  tenants: true,
}
