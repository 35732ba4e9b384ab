import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn, userColumn } from '@/views/console/columns'

export type Plan = components['schemas']['Plan']
export type Subscription = components['schemas']['SubscriptionRow']
export type CodeBatch = components['schemas']['CodeBatch']

const planColumns: Column<Plan>[] = [
  { key: 'name', label: 'columns.name', essential: true },
  { key: 'code', label: 'plans.code' },
  { key: 'price', label: 'columns.price', kind: 'money', currency: (row) => row.currency, essential: true },
  { key: 'period', label: 'plans.period', essential: true },
  { key: 'tokens', label: 'plans.tokens', kind: 'count' },
  {
    key: 'window_days',
    label: 'plans.window',
    kind: 'count',
    value: (row) => (row.window_days === '0' ? null : row.window_days),
    hidden: true,
  },
  { key: 'models', label: 'plans.models' },
  { key: 'requests_per_minute', label: 'plans.rpm', kind: 'count', hidden: true },
  { key: 'tokens_per_minute', label: 'plans.tpm', kind: 'count', hidden: true },
  { key: 'concurrent_max', label: 'plans.concurrent', kind: 'count', hidden: true },
  {
    key: 'subscribers',
    label: 'plans.subscribers',
    value: (row) => row.subscribers,
    link: (row) => ({ name: 'subscriptions', query: { plan: row.id } }),
  },
  {
    key: 'selling',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.selling ? 'sold' : 'notSold'),
    tone: (row) => (row.selling ? 'good' : 'idle'),
    words: 'plans',
    essential: true,
  },
  { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  tenantColumn(),
]

/** What can be subscribed to. */
export const planList: ListDefinition<Plan> = {
  name: 'plans',
  path: '/api/plans',
  title: 'plans.title',
  rowKey: (row) => row.id,
  sorts: ['name', 'code', 'price', 'tokens', 'subscribers', 'selling', 'created_at'],
  columns: planColumns,
  tenants: true,
  filters: [{ name: 'selling', label: 'plans.selling', kind: 'flag' }],
}

const TONES: Record<Subscription['state'], Tone> = { active: 'good', grace: 'warn', ended: 'idle' }

export function toneOf(one: Subscription): Tone {
  return TONES[one.state]
}

const subscriptionColumns: Column<Subscription>[] = [
  { key: 'id', label: 'columns.id', value: (row) => `#${row.id}` },
  userColumn({ essential: true }),
  { key: 'plan_code', label: 'subscriptions.plan', essential: true },
  { key: 'period_price', label: 'subscriptions.price', kind: 'money', currency: (row) => row.currency },
  { key: 'period_ends_at', label: 'subscriptions.ends', kind: 'time', essential: true },
  { key: 'renews', label: 'subscriptions.renews', kind: 'flag' },
  { key: 'state', label: 'columns.state', kind: 'status', tone: toneOf, words: 'subscriptions.states', essential: true },
  { key: 'next_plan_id', label: 'subscriptions.next', value: (row) => row.next_plan_id && `#${row.next_plan_id}`, hidden: true },
  { key: 'period_starts_at', label: 'subscriptions.begins', kind: 'time', hidden: true },
  { key: 'window_ends_at', label: 'subscriptions.window', kind: 'time', hidden: true },
  { key: 'grace_ends_at', label: 'subscriptions.grace', kind: 'time', hidden: true },
  { key: 'ended_at', label: 'subscriptions.ended', kind: 'time', hidden: true },
  { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  tenantColumn(),
]

/** Who subscribes to what. */
export const subscriptionList: ListDefinition<Subscription> = {
  name: 'subscriptions',
  path: '/api/subscriptions',
  title: 'subscriptions.title',
  rowKey: (row) => row.id,
  sorts: ['id', 'user_id', 'plan_code', 'period_price', 'period_ends_at', 'renews', 'state', 'created_at'],
  columns: subscriptionColumns,
  tenants: true,
  filters: [
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'plan', label: 'subscriptions.plan', kind: 'number', api: 'plan_id' },
    {
      name: 'state',
      label: 'columns.state',
      kind: 'choice',
      choices: ['active', 'grace', 'ended'],
      words: 'subscriptions.states',
    },
  ],
}

const codeColumns: Column<CodeBatch>[] = [
  { key: 'name', label: 'codes.batch', essential: true },
  { key: 'amount', label: 'codes.value', kind: 'money', currency: (row) => row.asset, essential: true },
  { key: 'codes', label: 'codes.count', kind: 'count' },
  { key: 'used', label: 'codes.used', kind: 'count', essential: true },
  { key: 'expires_at', label: 'columns.expires', kind: 'time' },
  { key: 'lasts_days', label: 'codes.lasts', kind: 'count' },
  {
    key: 'active',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.active ? 'on' : 'off'),
    tone: (row) => (row.active ? 'good' : 'idle'),
    words: 'codes',
    essential: true,
  },
  { key: 'exported_at', label: 'codes.exported', kind: 'time' },
  { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  tenantColumn(),
]

/** Batches of codes. */
export const codeList: ListDefinition<CodeBatch> = {
  name: 'codes',
  path: '/api/redemption-codes',
  title: 'codes.title',
  rowKey: (row) => row.id,
  sorts: ['name', 'amount', 'codes', 'used', 'expires_at', 'active', 'exported_at', 'created_at'],
  columns: codeColumns,
  tenants: true,
  filters: [],
}
