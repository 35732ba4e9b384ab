import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type AuditRun = components['schemas']['AuditRun']

/** Audits that were run. */
export const auditList: ListDefinition<AuditRun> = {
  name: 'audits',
  path: '/api/ledger/audits',
  title: 'books.runs',
  rowKey: (row) => row.id,
  sorts: ['started_at', 'clean', 'accounts', 'transfers', 'entries', 'since', 'run_by'],
  columns: [
    { key: 'started_at', label: 'books.started', kind: 'time', essential: true },
    {
      key: 'clean',
      label: 'books.result',
      kind: 'status',
      value: (row) => (row.clean ? 'clean' : 'unclean'),
      tone: (row) => (row.clean ? 'good' : 'bad'),
      words: 'books.results',
      essential: true,
    },
    { key: 'found', label: 'books.found', kind: 'count', essential: true },
    {
      key: 'took',
      label: 'books.took',
      kind: 'duration',
      value: (row) => Date.parse(row.ended_at) - Date.parse(row.started_at),
    },
    { key: 'accounts', label: 'books.accounts', kind: 'count' },
    { key: 'transfers', label: 'books.transfers', kind: 'count' },
    { key: 'entries', label: 'books.entries', kind: 'count' },
    { key: 'since', label: 'books.since', kind: 'time', hidden: true },
    { key: 'run_by', label: 'books.by', essential: true },
  ],
  filters: [{ name: 'clean', label: 'books.results.clean', kind: 'flag' }],
}
