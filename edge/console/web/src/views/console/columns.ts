import type { Decimal } from '@/api/decimal'
import type { Column } from '@/components/table/list'

/** Columns that many lists have: who it is of, which transfer, for which tenant. */

export function userColumn<Row extends { user_id: Decimal | null }>(more: Partial<Column<Row>> = {}): Column<Row> {
  return {
    key: 'user_id',
    label: 'columns.user',
    value: (row) => row.user_id && `#${row.user_id}`,
    link: (row) => (row.user_id ? { name: 'user', params: { id: row.user_id } } : undefined),
    ...more,
  }
}

export function tenantColumn<Row extends { tenant_id: Decimal | null }>(more: Partial<Column<Row>> = {}): Column<Row> {
  return {
    key: 'tenant_id',
    label: 'columns.tenant',
    value: (row) => row.tenant_id && `#${row.tenant_id}`,
    link: (row) => (row.tenant_id ? { name: 'tenant', params: { id: row.tenant_id } } : undefined),
    hidden: true,
    ...more,
  }
}

export function transferColumn<Row extends { transfer_id: string | null }>(more: Partial<Column<Row>> = {}): Column<Row> {
  return {
    key: 'transfer_id',
    label: 'columns.transfer',
    kind: 'id',
    link: (row) => (row.transfer_id ? { name: 'ledgerTransfer', params: { id: row.transfer_id } } : undefined),
    ...more,
  }
}
