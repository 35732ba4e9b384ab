import type { Column, ListDefinition } from '@/components/table/list'
import { outcomeOf, toneOf, type MyRequest } from './myOutcome'

const columns: Column<MyRequest>[] = [
  { key: 'created_at', label: 'myRequests.columns.time', kind: 'time', essential: true },
  { key: 'request_id', label: 'myRequests.columns.id', kind: 'id' },
  {
    key: 'outcome',
    label: 'myRequests.columns.outcome',
    kind: 'status',
    value: (row) => outcomeOf(row),
    tone: toneOf,
    words: 'request.outcomes',
    essential: true,
  },
  { key: 'model', label: 'myRequests.columns.model', essential: true },
  { key: 'api_key_id', label: 'myRequests.columns.key' },
  { key: 'platform', label: 'myRequests.columns.platform', hidden: true },
  { key: 'error_code', label: 'myRequests.columns.errorCode' },
  { key: 'input_tokens', label: 'myRequests.columns.input', kind: 'count' },
  { key: 'cached_tokens', label: 'myRequests.columns.cached', kind: 'count', hidden: true },
  { key: 'output_tokens', label: 'myRequests.columns.output', kind: 'count' },
  { key: 'reasoning_tokens', label: 'myRequests.columns.reasoning', kind: 'count', hidden: true },
  { key: 'cost', label: 'myRequests.columns.price', kind: 'money', currency: (row) => row.currency, essential: true },
  { key: 'first_token_ms', label: 'myRequests.columns.firstToken', kind: 'duration', hidden: true },
  { key: 'latency_ms', label: 'myRequests.columns.total', kind: 'duration' },
]

/** The user's own requests, refused ones too. */
export const myRequestList: ListDefinition<MyRequest> = {
  name: 'myRequests',
  path: '/api/v1/me/request-logs',
  title: 'myRequests.title',
  rowKey: (row) => row.request_id,
  columns,
  range: '7d',
  csv: '/api/v1/me/request-logs/export',
  filters: [
    { name: 'request_id', label: 'myRequests.columns.id', kind: 'text' },
    { name: 'client_request_id', label: 'myRequests.clientId', kind: 'text' },
    { name: 'key', label: 'myRequests.columns.key', kind: 'number' },
    { name: 'model', label: 'myRequests.columns.model', kind: 'text' },
    { name: 'status', label: 'myRequests.columns.status', kind: 'number' },
    { name: 'error_code', label: 'myRequests.columns.errorCode', kind: 'text' },
  ],
}
