import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'

export type MyMerchantUser = components['schemas']['MyMerchantUser']
export type MyMerchantPointRow = components['schemas']['MyMerchantPointRow']

const none = () => null

export function userTone(row: Pick<MyMerchantUser, 'status'>): Tone {
  return String(row.status) === '1' ? 'good' : 'idle'
}

/** The merchant's users. */
export const myMerchantUserList: ListDefinition<MyMerchantUser> = {
  name: 'myMerchantUsers',
  path: '/api/v1/me/merchant/users',
  title: 'myMerchant.users',
  rowKey: (row) => row.user_id,
  columns: [
    { key: 'user_id', label: 'myMerchant.number', kind: 'id' },
    { key: 'email', label: 'myMerchant.email', essential: true },
    { key: 'invite_code', label: 'myMerchant.inviteCode', kind: 'id' },
    { key: 'point_card_self', label: 'myMerchant.self', kind: 'money', currency: none, essential: true },
    { key: 'point_card_gift', label: 'myMerchant.gift', kind: 'money', currency: none },
    { key: 'point_card_total', label: 'myMerchant.total', kind: 'money', currency: none, essential: true },
    { key: 'status', label: 'myMerchant.status', kind: 'status', tone: userTone, words: 'myMerchant.states', essential: true },
    { key: 'created_at', label: 'myMerchant.since', kind: 'time' },
  ],
  filters: [
    { name: 'email', label: 'myMerchant.email', kind: 'text' },
    { name: 'invite_code', label: 'myMerchant.inviteCode', kind: 'text' },
    { name: 'status', label: 'myMerchant.status', kind: 'choice', choices: ['1', '2'], words: 'myMerchant.states' },
  ],
}

/** What moved the merchant's own points. */
export const myMerchantPointList: ListDefinition<MyMerchantPointRow> = {
  name: 'myMerchantPoints',
  path: '/api/v1/me/merchant/point-card/logs',
  title: 'myMerchant.points',
  rowKey: (row) => row.id,
  columns: [
    { key: 'created_at', label: 'myMerchant.time', kind: 'time', essential: true },
    { key: 'change_type', label: 'myMerchant.what', words: 'myMerchant.changes', essential: true },
    { key: 'source_type', label: 'myMerchant.card', words: 'myMerchant.cards' },
    { key: 'amount', label: 'myMerchant.amount', kind: 'money', currency: none, essential: true },
    { key: 'after_self', label: 'myMerchant.selfAfter', kind: 'money', currency: none },
    { key: 'after_gift', label: 'myMerchant.giftAfter', kind: 'money', currency: none },
    { key: 'related_email', label: 'myMerchant.to', essential: true },
    { key: 'remark', label: 'myMerchant.remark' },
  ],
  filters: [
    { name: 'change', label: 'myMerchant.what', kind: 'choice', api: 'change_type', choices: ['1', '2', '3'], words: 'myMerchant.changes' },
  ],
}
