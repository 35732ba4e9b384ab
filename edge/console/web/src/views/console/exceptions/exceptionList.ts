import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn } from '@/views/console/columns'

export type RechargeCase = components['schemas']['RechargeCase']

const KINDS = [
  'second_payment',
  'wrong_amount',
  'payment_of_another_order',
  'plan_not_begun',
  'not_told',
  'refund_failed',
  'not_booked',
  'not_in_bill',
  'amount_differs',
  'refund_not_booked',
  'refund_not_in_bill',
] as const

export const STATES = ['open', 'taken', 'closed'] as const

export const TONES: Record<RechargeCase['state'], Tone> = { open: 'warn', taken: 'info', closed: 'idle' }

export function toneOf(one: RechargeCase): Tone {
  return TONES[one.state]
}

const columns: Column<RechargeCase>[] = [
  { key: 'created_at', label: 'exceptions.age', kind: 'time', essential: true },
  { key: 'kind', label: 'columns.kind', words: 'exceptions.kinds', essential: true },
  { key: 'subject', label: 'exceptions.subject', kind: 'id' },
  {
    key: 'recharge_order',
    label: 'exceptions.order',
    value: (row) => row.recharge_order && `#${row.recharge_order}`,
    link: (row) => (row.recharge_order ? { name: 'recharge', params: { id: row.recharge_order } } : undefined),
  },
  { key: 'method', label: 'columns.method', words: 'recharges.methods' },
  { key: 'detail', label: 'columns.detail', essential: true },
  { key: 'state', label: 'columns.state', kind: 'status', tone: toneOf, words: 'exceptions.states', essential: true },
  { key: 'admin_id', label: 'exceptions.owner', value: (row) => row.admin_id && `#${row.admin_id}` },
  { key: 'action', label: 'exceptions.action', hidden: true },
  { key: 'note', label: 'columns.note', hidden: true },
  tenantColumn(),
]

/** What somebody has to look at: money that came in another way than it should have. */
export const exceptionList: ListDefinition<RechargeCase> = {
  name: 'exceptions',
  path: '/api/recharge-cases',
  title: 'exceptions.title',
  rowKey: (row) => row.id,
  columns,
  tenants: true,
  filters: [
    { name: 'state', label: 'columns.state', kind: 'choice', choices: STATES, words: 'exceptions.states' },
    { name: 'kind', label: 'columns.kind', kind: 'choice', choices: KINDS, words: 'exceptions.kinds' },
  ],
}
