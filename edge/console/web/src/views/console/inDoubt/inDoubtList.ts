import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import { tenantColumn, userColumn } from '@/views/console/columns'

export type InDoubt = components['schemas']['InDoubt']

const columns: Column<InDoubt>[] = [
  { key: 'in_doubt_since', label: 'inDoubt.age', kind: 'time', essential: true },
  {
    key: 'request_id',
    label: 'inDoubt.request',
    kind: 'id',
    link: (row) => ({ name: 'request', params: { id: row.request_id } }),
    essential: true,
  },
  userColumn({ essential: true }),
  { key: 'api_key_id', label: 'columns.key', value: (row) => `#${row.api_key_id}`, hidden: true },
  { key: 'model', label: 'columns.model', essential: true },
  { key: 'stream', label: 'inDoubt.stream', kind: 'flag' },
  {
    key: 'estimate',
    label: 'inDoubt.estimate',
    value: (row) => `${row.estimated_input_tokens} / ${row.estimated_output_tokens}`,
  },
  { key: 'progress', label: 'inDoubt.progress', value: (row) => `${row.input_tokens} / ${row.output_tokens}` },
  { key: 'client_request_id', label: 'inDoubt.clientId', kind: 'id', hidden: true },
  { key: 'created_at', label: 'inDoubt.arrived', kind: 'time', hidden: true },
  { key: 'price_version', label: 'inDoubt.priceVersion', kind: 'id', hidden: true },
  tenantColumn(),
]

/** Requests of which nobody knows what they used, and which somebody has to decide. */
export const inDoubtList: ListDefinition<InDoubt> = {
  name: 'in-doubt',
  path: '/api/in-doubt',
  title: 'inDoubt.title',
  rowKey: (row) => row.request_id,
  columns,
  tenants: true,
  page: (row) => ({ name: 'request', params: { id: row.request_id } }),
  filters: [],
}
