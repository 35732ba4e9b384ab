import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn, userColumn } from '@/views/console/columns'

export type ChargedRecord = components['schemas']['ChargedRecord']

export function toneOf(record: Pick<ChargedRecord, 'refunded'>): Tone {
  return record.refunded ? 'warn' : 'good'
}

const columns: Column<ChargedRecord>[] = [
  { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
  userColumn(),
  { key: 'service', label: 'records.service', essential: true },
  { key: 'type', label: 'records.type', words: 'records.types' },
  { key: 'count', label: 'records.count', kind: 'count', essential: true },
  { key: 'amount', label: 'columns.amount', kind: 'money', currency: (row) => row.currency, essential: true },
  {
    key: 'refunded',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.refunded ? 'refunded' : 'charged'),
    tone: toneOf,
    words: 'records.states',
  },
  { key: 'record_id', label: 'records.record', kind: 'id' },
  { key: 'request_id', label: 'records.callersId', kind: 'id', hidden: true },
  { key: 'refunded_at', label: 'records.refundedAt', kind: 'time', hidden: true },
  { key: 'refund_reason', label: 'refunds.reason', hidden: true },
  tenantColumn(),
]

/** What was charged for services, as users see it. */
export const recordList: ListDefinition<ChargedRecord> = {
  name: 'records',
  path: '/api/records',
  title: 'records.title',
  rowKey: (row) => row.id,
  columns,
  range: '7d',
  tenants: true,
  filters: [
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'service', label: 'records.service', kind: 'text' },
    { name: 'type', label: 'records.type', kind: 'choice', choices: ['free', 'paid'], words: 'records.types' },
    { name: 'record', label: 'records.record', kind: 'text', api: 'record_id' },
  ],
}
