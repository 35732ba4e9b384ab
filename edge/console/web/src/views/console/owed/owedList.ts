import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import { tenantColumn, transferColumn, userColumn } from '@/views/console/columns'

export type Owed = components['schemas']['Owed']

/** What users owe. */
export const owedList: ListDefinition<Owed> = {
  name: 'owed',
  path: '/api/owed',
  title: 'owed.title',
  rowKey: (row) => row.account_id,
  sorts: ['amount', 'changed_at', 'changed_by'],
  tenants: true,
  page: (row) => ({ name: 'user', params: { id: row.user_id } }),
  columns: [
    userColumn({ essential: true }),
    { key: 'amount', label: 'owed.owed', kind: 'money', currency: (row) => row.currency, essential: true },
    { key: 'changed_at', label: 'owed.since', kind: 'time', essential: true },
    { key: 'changed_by', label: 'owed.changedBy', words: 'ledger.transferKinds' },
    transferColumn(),
    { key: 'reference', label: 'owed.forgive', value: () => null, essential: true },
    {
      key: 'account_id',
      label: 'columns.account',
      value: (row) => `#${row.account_id}`,
      link: (row) => ({ name: 'ledgerAccount', params: { id: row.account_id } }),
      hidden: true,
    },
    tenantColumn(),
  ],
  filters: [{ name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' }],
}
