import type { components } from '@/api/generated/schema'
import { compare } from '@/api/decimal'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { Column, ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn, userColumn } from '@/views/console/columns'

export type RechargeOrder = components['schemas']['RechargeOrder']
export type RechargeDetail = components['schemas']['RechargeDetail']
export type RechargePayment = components['schemas']['RechargePayment']

export const METHODS = ['alipay', 'wechat', 'stripe', 'sandbox'] as const
const STATES = ['pending', 'success', 'failed', 'expired', 'refunded'] as const

export function toneOf(order: Pick<RechargeOrder, 'status'>): Tone {
  const tones: Record<RechargeOrder['status'], Tone> = {
    pending: 'info',
    success: 'good',
    failed: 'bad',
    expired: 'idle',
    refunded: 'warn',
  }
  return tones[order.status]
}

/** How far a recharge has passed. */
export function stepsOf(order: RechargeOrder): PassageStep[] {
  const isPaid = order.status === 'success' || order.status === 'refunded'
  const isOver = order.status === 'failed' || order.status === 'expired'
  const steps: PassageStep[] = [
    { label: 'recharges.steps.ordered', state: 'done' },
    { label: 'recharges.steps.paid', state: isPaid ? 'done' : isOver ? 'failed' : 'now' },
    { label: 'recharges.steps.booked', state: isPaid ? 'done' : 'ahead' },
  ]
  if (order.refunded_amount !== '0') {
    steps.push({
      label: 'recharges.steps.refunded',
      state: compare(order.refunded_amount, order.amount) < 0 ? 'now' : 'done',
    })
  }
  return steps
}

const columns: Column<RechargeOrder>[] = [
  {
    key: 'order_id',
    label: 'recharges.order',
    kind: 'id',
    link: (row) => ({ name: 'recharge', params: { id: row.id } }),
    essential: true,
  },
  { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
  userColumn(),
  { key: 'external_id', label: 'recharges.external', hidden: true },
  { key: 'payment_method', label: 'columns.method', words: 'recharges.methods' },
  { key: 'amount', label: 'columns.amount', kind: 'money', currency: (row) => row.currency, essential: true },
  {
    key: 'refunded_amount',
    label: 'recharges.refunded',
    kind: 'money',
    value: (row) => (row.refunded_amount === '0' ? null : row.refunded_amount),
    currency: (row) => row.currency,
  },
  { key: 'status', label: 'columns.state', kind: 'status', tone: toneOf, words: 'recharges.states', essential: true },
  { key: 'payment_order_id', label: 'recharges.channelId', kind: 'id' },
  { key: 'plan_id', label: 'recharges.plan', value: (row) => row.plan_id && `#${row.plan_id}`, hidden: true },
  { key: 'updated_at', label: 'recharges.updated', kind: 'time', hidden: true },
  { key: 'expires_at', label: 'recharges.openUntil', kind: 'time', hidden: true },
  tenantColumn(),
]

/** Every order of a user who tops up. */
export const rechargeList: ListDefinition<RechargeOrder> = {
  name: 'recharges',
  path: '/api/recharge-orders',
  title: 'recharges.title',
  rowKey: (row) => row.id,
  columns,
  range: '30d',
  tenants: true,
  page: (row) => ({ name: 'recharge', params: { id: row.id } }),
  filters: [
    { name: 'order_id', label: 'recharges.order', kind: 'text' },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'status', label: 'columns.state', kind: 'choice', choices: STATES, words: 'recharges.states' },
    { name: 'method', label: 'columns.method', kind: 'choice', choices: METHODS, words: 'recharges.methods' },
  ],
}
