import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { Tone } from '@/components/tone'
import { tenantColumn, transferColumn, userColumn } from '@/views/console/columns'
import { METHODS } from '@/views/console/recharges/rechargeList'
import type { RouteLocationRaw } from 'vue-router'

export type Refund = components['schemas']['Refund']

const TONES: Record<Refund['state'], Tone> = { held: 'info', booked: 'good', failed: 'bad' }

export function toneOf(refund: Pick<Refund, 'state'>): Tone {
  return TONES[refund.state]
}

/** What was given back. */
export function subjectOf(refund: Refund): RouteLocationRaw | undefined {
  if (refund.recharge_order) return { name: 'recharge', params: { id: refund.recharge_order } }
  return refund.kind === 'request' ? { name: 'request', params: { id: refund.subject } } : undefined
}

/** How far a refund has passed. */
export function stepsOf(refund: Refund): PassageStep[] {
  const isBooked = refund.state === 'booked'
  const isFailed = refund.state === 'failed'
  return [
    { label: 'refunds.steps.held', state: 'done' },
    { label: 'refunds.steps.asked', state: isBooked ? 'done' : isFailed ? 'failed' : 'now' },
    { label: 'refunds.steps.booked', state: isBooked ? 'done' : 'ahead' },
  ]
}

const columns: Column<Refund>[] = [
  { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
  { key: 'kind', label: 'refunds.of', words: 'refunds.kinds' },
  { key: 'subject', label: 'refunds.subject', kind: 'id', link: subjectOf, essential: true },
  userColumn(),
  { key: 'amount', label: 'columns.amount', kind: 'money', currency: (row) => row.currency, essential: true },
  { key: 'quota', label: 'refunds.quota', kind: 'count', value: (row) => (row.quota === '0' ? null : row.quota), hidden: true },
  { key: 'reason', label: 'refunds.reason' },
  { key: 'admin_id', label: 'columns.by', value: (row) => row.admin_id && `#${row.admin_id}` },
  { key: 'method', label: 'columns.method', words: 'recharges.methods', hidden: true },
  { key: 'state', label: 'refunds.state', kind: 'status', tone: toneOf, words: 'recharges.refundStates', essential: true },
  { key: 'detail', label: 'columns.detail', hidden: true },
  { key: 'channel_refund', label: 'recharges.channelId', kind: 'id', hidden: true },
  transferColumn(),
  { key: 'updated_at', label: 'recharges.updated', kind: 'time', hidden: true },
  tenantColumn(),
]

/** Whatever was given back: payments, charges of requests, charges of services. */
export const refundList: ListDefinition<Refund> = {
  name: 'refunds',
  path: '/api/refunds',
  title: 'refunds.title',
  rowKey: (row) => row.id,
  columns,
  range: '30d',
  tenants: true,
  filters: [
    { name: 'of', label: 'refunds.of', kind: 'choice', api: 'kind', choices: ['recharge', 'request', 'service'], words: 'refunds.kinds' },
    {
      name: 'state',
      label: 'columns.state',
      kind: 'choice',
      choices: ['held', 'booked', 'failed'],
      words: 'recharges.refundStates',
    },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'method', label: 'columns.method', kind: 'choice', choices: METHODS, words: 'recharges.methods' },
  ],
}
