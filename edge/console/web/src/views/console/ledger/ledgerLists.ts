import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import { tenantColumn, transferColumn } from '@/views/console/columns'

export type LedgerAccount = components['schemas']['Account']
export type LedgerEntry = components['schemas']['Entry']

const KINDS = [
  'balance',
  'grant',
  'gift',
  'owed',
  'limit',
  'revenue',
  'suspense',
  'point_self',
  'point_gift',
  'point_owed',
  'point_due',
  'profit_pool',
  'reward',
  'world_payments',
  'world_grants',
  'world_upstream',
  'world_limits',
] as const

/** The page of whom an account belongs to, where there is one. */
export function ownerLink(row: Pick<LedgerAccount, 'owner'>) {
  return row.owner.startsWith('user:') ? { name: 'user', params: { id: row.owner.slice(5) } } : undefined
}

const accountColumns: Column<LedgerAccount>[] = [
  {
    key: 'id',
    label: 'columns.account',
    value: (row) => `#${row.id}`,
    link: (row) => ({ name: 'ledgerAccount', params: { id: row.id } }),
    essential: true,
  },
  {
    key: 'owner',
    label: 'ledger.owner',
    words: 'ledger.owners',
    link: (row) => ownerLink(row),
    essential: true,
  },
  { key: 'kind', label: 'columns.kind', words: 'ledger.kinds', essential: true },
  { key: 'asset', label: 'columns.asset' },
  { key: 'balance', label: 'ledger.balance', kind: 'money', currency: (row) => row.asset, essential: true },
  { key: 'held', label: 'ledger.held', kind: 'money', currency: (row) => row.asset },
  { key: 'available', label: 'ledger.available', kind: 'money', currency: (row) => row.asset },
  { key: 'floor', label: 'ledger.floor', kind: 'money', currency: (row) => row.asset, hidden: true },
  { key: 'period', label: 'ledger.period', hidden: true },
  { key: 'expires_at', label: 'columns.expires', kind: 'time' },
  { key: 'priority', label: 'ledger.priority', kind: 'count', hidden: true },
  { key: 'version', label: 'ledger.version', kind: 'count', hidden: true },
  { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  tenantColumn(),
]

/** Every account of the books. */
export const accountList: ListDefinition<LedgerAccount> = {
  name: 'ledger',
  path: '/api/ledger/accounts',
  title: 'ledger.accounts',
  rowKey: (row) => row.id,
  sorts: ['kind', 'asset', 'balance', 'held', 'available', 'expires_at', 'created_at'],
  columns: accountColumns,
  tenants: true,
  page: (row) => ({ name: 'ledgerAccount', params: { id: row.id } }),
  filters: [
    { name: 'owner', label: 'ledger.owner', kind: 'text' },
    { name: 'kind', label: 'columns.kind', kind: 'choice', choices: KINDS, words: 'ledger.kinds' },
    { name: 'asset', label: 'columns.asset', kind: 'text' },
  ],
}

/** The page of what a transfer refers to, where there is one. */
export function referenceLink(row: Pick<LedgerEntry, 'kind' | 'reference'>) {
  // what a whole batch comes to refers to the batch, whose id is no request's
  if (row.kind.startsWith('relay_') && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/.test(row.reference)) return { name: 'request', params: { id: row.reference } }
  if (row.kind.startsWith('recharge')) return { name: 'recharges', query: { order_id: row.reference, range: 'all' } }
  return undefined
}

const entryColumns: Column<LedgerEntry>[] = [
  { key: 'posted_at', label: 'ledger.posted', kind: 'time', essential: true },
  { key: 'kind', label: 'columns.kind', words: 'ledger.transferKinds', essential: true },
  transferColumn(),
  {
    key: 'account_id',
    label: 'columns.account',
    value: (row) => `#${row.account_id}`,
    link: (row) => ({ name: 'ledgerAccount', params: { id: row.account_id } }),
  },
  { key: 'reference', label: 'columns.reference', kind: 'id', link: referenceLink },
  { key: 'amount', label: 'columns.amount', kind: 'money', currency: (row) => row.asset, essential: true },
  { key: 'balance_after', label: 'ledger.balanceAfter', kind: 'money', currency: (row) => row.asset, essential: true },
  { key: 'effective_at', label: 'ledger.effective', kind: 'time', hidden: true },
  { key: 'seq', label: 'ledger.seq', kind: 'count', hidden: true },
  { key: 'shard', label: 'ledger.shard', kind: 'count', hidden: true },
  tenantColumn(),
]

/** Every entry of the books. */
export const entryList: ListDefinition<LedgerEntry> = {
  name: 'entries',
  path: '/api/ledger/entries',
  title: 'ledger.entries',
  rowKey: (row) => `${row.transfer_id}-${row.seq}`,
  columns: entryColumns,
  range: '7d',
  tenants: true,
  filters: [
    { name: 'account', label: 'columns.account', kind: 'number', api: 'account_id' },
    { name: 'transfer', label: 'columns.transfer', kind: 'text', api: 'transfer_id' },
    { name: 'reference', label: 'columns.reference', kind: 'text' },
  ],
}

/** The entries of one account: its statement. */
export function statementOf(account: string): ListDefinition<LedgerEntry> {
  return {
    ...entryList,
    name: 'statement',
    title: 'ledger.statement',
    tenants: false,
    range: '30d',
    fixed: { account_id: account },
    columns: entryColumns.filter((column) => column.key !== 'account_id'),
    filters: entryList.filters.filter((filter) => filter.name !== 'account'),
  }
}
