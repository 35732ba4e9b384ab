import type { components } from '@/api/generated/schema'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn, transferColumn, userColumn } from '@/views/console/columns'

export type PointCardLog = components['schemas']['PointCardLogRow']
export type Reward = components['schemas']['RewardRow']
export type Pool = components['schemas']['ProfitPool']
export type Withdrawal = components['schemas']['Withdrawal']

const CHANGES = ['recharge', 'gift', 'out', 'in', 'profit_charge', 'given'] as const
const REWARD_TYPES = [
  'direct',
  'level_diff',
  'peer',
  'tech_team',
  'direct_undist',
  'peer_undist',
  'network_undist',
  'platform_retain',
  'withdraw_freeze',
  'withdraw_reject_return',
] as const
const POOL_STATES = ['open', 'distributed'] as const
const WITHDRAWAL_STATES = ['waiting', 'approved', 'rejected', 'done'] as const

const currencyOf = (row: { currency: string }) => row.currency

/** Every movement of a point card. */
export const pointLogList: ListDefinition<PointCardLog> = {
  name: 'pointLogs',
  path: '/api/pointcard-logs',
  title: 'points.title',
  rowKey: (row) => row.id,
  range: '30d',
  tenants: true,
  columns: [
    { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
    userColumn({ essential: true }),
    { key: 'email', label: 'points.email', hidden: true },
    { key: 'change', label: 'columns.kind', words: 'points.changes', essential: true },
    { key: 'source_type', label: 'points.card', value: (row) => (row.source_type === '1' ? 'self' : 'gift'), words: 'points.cards' },
    { key: 'amount', label: 'columns.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'before_self', label: 'points.selfBefore', kind: 'money', currency: currencyOf, hidden: true },
    { key: 'after_self', label: 'points.selfAfter', kind: 'money', currency: currencyOf },
    { key: 'before_gift', label: 'points.giftBefore', kind: 'money', currency: currencyOf, hidden: true },
    { key: 'after_gift', label: 'points.giftAfter', kind: 'money', currency: currencyOf },
    {
      key: 'related_user_id',
      label: 'points.other',
      value: (row) => row.related_user_id && `#${row.related_user_id}`,
      link: (row) => (row.related_user_id ? { name: 'user', params: { id: row.related_user_id } } : undefined),
    },
    { key: 'remark', label: 'columns.note' },
    transferColumn(),
    tenantColumn(),
  ],
  filters: [
    { name: 'owner', label: 'points.owner', kind: 'choice', choices: ['users', 'tenants'], words: 'points.owners' },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'change', label: 'columns.kind', kind: 'choice', api: 'change_type', choices: CHANGES, words: 'points.changes' },
  ],
}

/** Every movement of a reward balance. */
export const rewardList: ListDefinition<Reward> = {
  name: 'rewards',
  path: '/api/rewards',
  title: 'rewards.title',
  rowKey: (row) => row.id,
  range: '30d',
  tenants: true,
  columns: [
    { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
    { key: 'reward_type', label: 'columns.kind', words: 'rewards.types', essential: true },
    userColumn({ label: 'rewards.receiver', essential: true }),
    { key: 'email', label: 'points.email', hidden: true },
    { key: 'amount', label: 'columns.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'rate', label: 'rewards.rate' },
    { key: 'after', label: 'rewards.after', kind: 'money', currency: currencyOf },
    {
      key: 'source_user_id',
      label: 'rewards.source',
      value: (row) => row.source_user_id && `#${row.source_user_id}`,
      link: (row) => (row.source_user_id ? { name: 'user', params: { id: row.source_user_id } } : undefined),
    },
    {
      key: 'settle_batch',
      label: 'rewards.pool',
      value: (row) => row.settle_batch && `#${row.settle_batch}`,
      link: (row) => (row.settle_batch ? { name: 'pools', query: { open: row.settle_batch, range: 'all' } } : undefined),
    },
    { key: 'remark', label: 'columns.note', hidden: true },
    transferColumn({ hidden: true }),
    tenantColumn(),
  ],
  filters: [
    { name: 'user', label: 'rewards.receiver', kind: 'number', api: 'user_id' },
    { name: 'type', label: 'columns.kind', kind: 'choice', api: 'reward_type', choices: REWARD_TYPES, words: 'rewards.types' },
    { name: 'source', label: 'rewards.source', kind: 'number', api: 'source_user_id' },
    { name: 'pool', label: 'rewards.pool', kind: 'number', api: 'settle_batch' },
  ],
}

export function poolTone(pool: Pool): Tone {
  return pool.state === 'distributed' ? 'good' : pool.attempts !== '0' ? 'bad' : 'info'
}

/** What self points paid of profit shares. */
export const poolList: ListDefinition<Pool> = {
  name: 'pools',
  path: '/api/profit-pools',
  title: 'pools.title',
  rowKey: (row) => row.id,
  range: '30d',
  tenants: true,
  columns: [
    { key: 'id', label: 'columns.id', value: (row) => `#${row.id}`, essential: true },
    { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
    userColumn({ label: 'pools.source' }),
    { key: 'account_id', label: 'pools.account' },
    { key: 'close_id', label: 'pools.close', kind: 'id', hidden: true },
    { key: 'profit', label: 'pools.profit', kind: 'money', currency: currencyOf },
    { key: 'charged', label: 'pools.charged', kind: 'money', currency: currencyOf },
    { key: 'amount', label: 'pools.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'state', label: 'columns.state', kind: 'status', tone: poolTone, words: 'pools.states', essential: true },
    { key: 'distributed_at', label: 'pools.distributedAt', kind: 'time', hidden: true },
    transferColumn(),
    tenantColumn(),
  ],
  filters: [
    { name: 'user', label: 'pools.source', kind: 'number', api: 'user_id' },
    { name: 'state', label: 'columns.state', kind: 'choice', choices: POOL_STATES, words: 'pools.states' },
  ],
}

export function withdrawalTone(row: Pick<Withdrawal, 'state'>): Tone {
  const tones: Record<Withdrawal['state'], Tone> = { waiting: 'warn', approved: 'info', rejected: 'idle', done: 'good' }
  return tones[row.state]
}

/** How far a withdrawal has passed. */
export function withdrawalSteps(row: Withdrawal): PassageStep[] {
  const isRejected = row.state === 'rejected'
  const isApproved = row.state === 'approved' || row.state === 'done'
  return [
    { label: 'withdrawals.steps.asked', state: 'done' },
    { label: 'withdrawals.steps.reviewed', state: isRejected ? 'failed' : isApproved ? 'done' : 'now' },
    { label: 'withdrawals.steps.paid', state: row.state === 'done' ? 'done' : row.state === 'approved' ? 'now' : 'ahead' },
  ]
}

/** What users want paid out of their rewards. */
export const withdrawalList: ListDefinition<Withdrawal> = {
  name: 'withdrawals',
  path: '/api/withdrawals',
  title: 'withdrawals.title',
  rowKey: (row) => row.id,
  tenants: true,
  columns: [
    { key: 'id', label: 'columns.id', value: (row) => `#${row.id}` },
    { key: 'created_at', label: 'withdrawals.age', kind: 'time', essential: true },
    userColumn({ essential: true }),
    { key: 'email', label: 'points.email', hidden: true },
    { key: 'amount', label: 'columns.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'fee', label: 'withdrawals.fee', kind: 'money', currency: currencyOf },
    { key: 'actual_amount', label: 'withdrawals.net', kind: 'money', currency: currencyOf },
    { key: 'wallet_network', label: 'withdrawals.network' },
    { key: 'wallet_address', label: 'withdrawals.address', kind: 'id' },
    { key: 'state', label: 'columns.state', kind: 'status', tone: withdrawalTone, words: 'withdrawals.states', essential: true },
    { key: 'audit_admin_id', label: 'columns.by', value: (row) => row.audit_admin_id && `#${row.audit_admin_id}` },
    { key: 'audited_at', label: 'withdrawals.reviewedAt', kind: 'time', hidden: true },
    { key: 'completed_at', label: 'withdrawals.paidAt', kind: 'time', hidden: true },
    tenantColumn(),
  ],
  filters: [
    { name: 'status', label: 'columns.state', kind: 'choice', choices: WITHDRAWAL_STATES, words: 'withdrawals.states' },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
  ],
}
