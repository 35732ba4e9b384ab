import type { components } from '@/api/generated/schema'
import { isZero } from '@/api/decimal'
import type { ListDefinition } from '@/components/table/list'
import { tenantColumn, transferColumn, userColumn } from '@/views/console/columns'

export type GivenGrant = components['schemas']['GivenGrant']

/** What users were given for nothing. */
export const grantList: ListDefinition<GivenGrant> = {
  name: 'grants',
  path: '/api/grants',
  title: 'grants.title',
  rowKey: (row) => row.transfer_id,
  tenants: true,
  columns: [
    { key: 'given_at', label: 'grants.given', kind: 'time', essential: true },
    userColumn({ essential: true }),
    { key: 'source', label: 'grants.source', words: 'grants.sources', essential: true },
    { key: 'amount', label: 'columns.amount', kind: 'money', currency: (row) => row.asset, essential: true },
    { key: 'remaining', label: 'grants.left', kind: 'money', currency: (row) => row.asset },
    {
      key: 'revoked',
      label: 'grants.revoked',
      kind: 'money',
      value: (row) => (isZero(row.revoked) ? null : row.revoked),
      currency: (row) => row.asset,
    },
    {
      key: 'owed_paid',
      label: 'grants.owedPaid',
      kind: 'money',
      value: (row) => (isZero(row.owed_paid) ? null : row.owed_paid),
      currency: (row) => row.asset,
      hidden: true,
    },
    { key: 'expires_at', label: 'columns.expires', kind: 'time' },
    { key: 'priority', label: 'grants.priority', kind: 'count', hidden: true },
    { key: 'reason', label: 'grants.reason' },
    { key: 'admin_id', label: 'columns.by', value: (row) => row.admin_id && `#${row.admin_id}` },
    transferColumn({ hidden: true }),
    tenantColumn(),
  ],
  filters: [{ name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' }],
}
