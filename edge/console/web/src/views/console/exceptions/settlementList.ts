import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import { tenantColumn, userColumn } from '@/views/console/columns'
import { STATES, TONES } from './exceptionList'

export type SettlementException = components['schemas']['SettlementException']
export type MeterRecord = components['schemas']['MeterRecord']
export type SettlementLoss = components['schemas']['SettlementLoss']

const state = {
  name: 'state',
  label: 'columns.state',
  kind: 'choice',
  choices: STATES,
  words: 'exceptions.states',
} as const

const columns: Column<SettlementException>[] = [
  { key: 'created_at', label: 'exceptions.age', kind: 'time', essential: true },
  { key: 'request_id', label: 'exceptions.charge', kind: 'id', essential: true },
  userColumn(),
  { key: 'model', label: 'columns.model', value: (row) => row.records.find((record) => record.model)?.model ?? null },
  { key: 'why', label: 'exceptions.why', essential: true },
  { key: 'state', label: 'columns.state', kind: 'status', tone: (row) => TONES[row.state], words: 'exceptions.states', essential: true },
  { key: 'admin_id', label: 'exceptions.owner', value: (row) => row.admin_id && `#${row.admin_id}` },
  { key: 'log', label: 'exceptions.log', kind: 'id', hidden: true },
  { key: 'position', label: 'exceptions.position', kind: 'count' },
  { key: 'action', label: 'exceptions.action', words: 'exceptions.outcomes', hidden: true },
  { key: 'note', label: 'columns.note', hidden: true },
  tenantColumn(),
]

/** Charges that could not be booked. */
export const settlementList: ListDefinition<SettlementException> = {
  name: 'settlementExceptions',
  path: '/api/settlement-exceptions',
  title: 'exceptions.tabs.settlement',
  rowKey: (row) => row.id,
  sorts: ['created_at', 'user_id', 'why', 'state', 'admin_id', 'position'],
  columns,
  tenants: true,
  filters: [
    state,
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'request', label: 'exceptions.charge', kind: 'text', api: 'request_id' },
  ],
}

/** Times of logs from which records may be missing. */
export const lossList: ListDefinition<SettlementLoss> = {
  name: 'settlementLosses',
  path: '/api/settlement-losses',
  title: 'exceptions.tabs.losses',
  rowKey: (row) => row.id,
  sorts: ['created_at', 'begins_at', 'ends_at', 'why', 'state', 'admin_id'],
  columns: [
    { key: 'created_at', label: 'exceptions.age', kind: 'time', essential: true },
    { key: 'begins_at', label: 'exceptions.begins', kind: 'time', essential: true },
    { key: 'ends_at', label: 'exceptions.ends', kind: 'time' },
    { key: 'bound', label: 'exceptions.bound', essential: true },
    { key: 'why', label: 'exceptions.why' },
    { key: 'state', label: 'columns.state', kind: 'status', tone: (row) => TONES[row.state], words: 'exceptions.states', essential: true },
    { key: 'admin_id', label: 'exceptions.owner', value: (row) => row.admin_id && `#${row.admin_id}` },
    { key: 'incarnation', label: 'exceptions.process', kind: 'id', hidden: true },
    { key: 'id', label: 'exceptions.log', kind: 'id', hidden: true },
    { key: 'note', label: 'columns.note', hidden: true },
  ],
  filters: [state],
}
