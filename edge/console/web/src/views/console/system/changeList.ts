import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import { tenantColumn } from '@/views/console/columns'

export type LoggedChange = components['schemas']['LoggedChange']

const columns: Column<LoggedChange>[] = [
  { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
  { key: 'username', label: 'auditLog.admin', essential: true },
  { key: 'action', label: 'auditLog.action', essential: true },
  { key: 'thing', label: 'auditLog.thing', value: (row) => (row.thing ? `${row.thing} #${row.thing_id}` : null) },
  {
    key: 'outcome',
    label: 'auditLog.outcome',
    kind: 'status',
    tone: (row) => (row.outcome === 'done' ? 'good' : 'warn'),
    words: 'auditLog.outcomes',
    essential: true,
  },
  { key: 'error_code', label: 'auditLog.errorCode' },
  { key: 'changed', label: 'auditLog.changed', kind: 'count', hidden: true },
  { key: 'address', label: 'auditLog.address' },
  { key: 'request_id', label: 'auditLog.requestId', kind: 'id', hidden: true },
  { key: 'path', label: 'auditLog.path', hidden: true },
  { key: 'device', label: 'auditLog.device', hidden: true },
  tenantColumn(),
]

/** What administrators have changed, and who has signed in. */
export const changeList: ListDefinition<LoggedChange> = {
  name: 'audit-log',
  path: '/api/audit-logs',
  title: 'auditLog.title',
  rowKey: (row) => String(row.id),
  columns,
  range: '7d',
  tenants: true,
  filters: [
    { name: 'admin', label: 'auditLog.admin', kind: 'number', api: 'admin_id' },
    { name: 'action', label: 'auditLog.action', kind: 'text' },
    { name: 'thing', label: 'auditLog.thing', kind: 'text' },
    { name: 'thing_id', label: 'auditLog.thingId', kind: 'text' },
    { name: 'outcome', label: 'auditLog.outcome', kind: 'choice', choices: ['done', 'refused'], words: 'auditLog.outcomes' },
    { name: 'request_id', label: 'auditLog.requestId', kind: 'text' },
  ],
}
