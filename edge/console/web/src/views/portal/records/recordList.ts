import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'

export type StatementLine = components['schemas']['StatementLine']

const CURRENCY = /^[A-Z]{3}$/

/** Money has a currency; tokens and calls are counted. */
export function isMoney(line: StatementLine): boolean {
  return CURRENCY.test(line.asset)
}

const TONES: Partial<Record<StatementLine['type'], Tone>> = { recharge: 'good', grant: 'good', refund: 'good', expiry: 'warn', revoked: 'warn', debt: 'warn' }

/** Every movement of what the user has, with what they had right after it. */
export const recordList: ListDefinition<StatementLine> = {
  name: 'myRecords',
  path: '/api/v1/me/statement',
  title: 'myRecords.title',
  rowKey: (row) => `${row.transfer_id}.${row.seq}`,
  columns: [
    { key: 'posted_at', label: 'myRecords.columns.time', kind: 'time', essential: true },
    { key: 'type', label: 'myRecords.columns.type', kind: 'status', tone: (row) => TONES[row.type] ?? 'idle', words: 'myRecords.types', essential: true },
    { key: 'amount', label: 'myRecords.columns.amount', kind: 'money', essential: true },
    { key: 'balance_after', label: 'myRecords.columns.after', kind: 'money', essential: true },
    { key: 'account', label: 'myRecords.columns.account', words: 'myRecords.accounts' },
    { key: 'reference', label: 'myRecords.columns.reference' },
    { key: 'kind', label: 'myRecords.columns.kind', hidden: true },
    { key: 'transfer_id', label: 'myRecords.columns.transfer', kind: 'id', hidden: true },
  ],
  range: '30d',
  csv: '/api/v1/me/statement/export',
  filters: [
    {
      name: 'type',
      label: 'myRecords.columns.type',
      kind: 'choice',
      choices: ['charge', 'recharge', 'grant', 'refund', 'subscription', 'expiry', 'revoked', 'debt'],
      words: 'myRecords.types',
    },
    { name: 'asset', label: 'myRecords.asset', kind: 'text' },
  ],
}
