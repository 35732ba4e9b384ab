import type { components } from '@/api/generated/schema'
import type { PassageStep } from '@/components/PassageStrip.vue'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'

export type MyTeamMember = components['schemas']['MyTeamMember']
export type MyPointRow = components['schemas']['MyPointRow']
export type MyReward = components['schemas']['MyReward']
export type MyWithdrawal = components['schemas']['MyWithdrawal']

const CHANGES = ['recharge', 'gift', 'out', 'in', 'profit_charge'] as const
const SHOWN_TYPES = ['direct', 'level_diff', 'peer', 'withdraw_freeze', 'withdraw_reject_return'] as const
const STATES = ['waiting', 'approved', 'rejected', 'done'] as const
const currencyOf = (row: { currency: string }) => row.currency

/** Whom the user has invited. */
export const myTeamList: ListDefinition<MyTeamMember> = {
  name: 'myTeam',
  path: '/api/v1/me/team',
  title: 'myTeam.members',
  rowKey: (row) => `${row.created_at}${row.email}`,
  columns: [
    { key: 'email', label: 'myTeam.email', essential: true },
    { key: 'level_name', label: 'myTeam.level', essential: true },
    { key: 'is_market_node', label: 'myTeam.node', kind: 'flag' },
    { key: 'team_performance', label: 'myTeam.performance', kind: 'money', currency: currencyOf, essential: true },
    { key: 'sub_count', label: 'myTeam.invited', kind: 'count' },
    { key: 'created_at', label: 'myTeam.since', kind: 'time', essential: true },
  ],
  filters: [],
}

/** What moved the user's point card. */
export const myPointList: ListDefinition<MyPointRow> = {
  name: 'myPoints',
  path: '/api/v1/me/points',
  title: 'myPoints.log',
  rowKey: (row) => row.id,
  columns: [
    { key: 'created_at', label: 'myPoints.time', kind: 'time', essential: true },
    { key: 'change', label: 'myPoints.what', words: 'myPoints.changes', essential: true },
    { key: 'card_type', label: 'myPoints.card', words: 'myPoints.cards' },
    { key: 'amount', label: 'myPoints.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'after_self', label: 'myPoints.selfAfter', kind: 'money', currency: currencyOf },
    { key: 'after_gift', label: 'myPoints.giftAfter', kind: 'money', currency: currencyOf, essential: true },
    { key: 'remark', label: 'myPoints.remark' },
  ],
  filters: [{ name: 'change', label: 'myPoints.what', kind: 'choice', api: 'change_type', choices: CHANGES, words: 'myPoints.changes' }],
}

/** What moved the user's rewards. */
export const myRewardList: ListDefinition<MyReward> = {
  name: 'myRewards',
  path: '/api/v1/me/rewards',
  title: 'myRewards.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'created_at', label: 'myPoints.time', kind: 'time', essential: true },
    { key: 'reward_type', label: 'myPoints.what', words: 'myRewards.types', essential: true },
    { key: 'amount', label: 'myPoints.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'rate', label: 'myRewards.rate' },
    { key: 'after', label: 'myRewards.after', kind: 'money', currency: currencyOf, essential: true },
    { key: 'remark', label: 'myPoints.remark', hidden: true },
  ],
  filters: [{ name: 'type', label: 'myPoints.what', kind: 'choice', api: 'reward_type', choices: SHOWN_TYPES, words: 'myRewards.types' }],
}

export function withdrawalTone(row: Pick<MyWithdrawal, 'state'>): Tone {
  const tones: Record<MyWithdrawal['state'], Tone> = { waiting: 'info', approved: 'info', rejected: 'bad', done: 'good' }
  return tones[row.state]
}

/** How far a withdrawal has passed. */
export function withdrawalSteps(row: MyWithdrawal): PassageStep[] {
  const isApproved = row.state === 'approved' || row.state === 'done'
  return [
    { label: 'myWithdrawals.steps.asked', state: 'done' },
    { label: 'myWithdrawals.steps.reviewed', state: row.state === 'rejected' ? 'failed' : isApproved ? 'done' : 'now' },
    { label: 'myWithdrawals.steps.paid', state: row.state === 'done' ? 'done' : row.state === 'approved' ? 'now' : 'ahead' },
  ]
}

/** What the user had paid out, or wants to. */
export const myWithdrawalList: ListDefinition<MyWithdrawal> = {
  name: 'myWithdrawals',
  path: '/api/v1/me/withdrawals',
  title: 'myWithdrawals.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'created_at', label: 'myWithdrawals.asked', kind: 'time', essential: true },
    { key: 'amount', label: 'myPoints.amount', kind: 'money', currency: currencyOf, essential: true },
    { key: 'fee', label: 'myWithdrawals.fee', kind: 'money', currency: currencyOf },
    { key: 'actual_amount', label: 'myWithdrawals.net', kind: 'money', currency: currencyOf, essential: true },
    { key: 'network', label: 'myWithdrawals.network' },
    { key: 'address', label: 'myWithdrawals.address', kind: 'id' },
    { key: 'state', label: 'myWithdrawals.state', kind: 'status', tone: withdrawalTone, words: 'myWithdrawals.states', essential: true },
  ],
  filters: [{ name: 'state', label: 'myWithdrawals.state', kind: 'choice', choices: STATES, words: 'myWithdrawals.states' }],
}
