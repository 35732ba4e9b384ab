import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'
import { tenantColumn } from '@/views/console/columns'

export type UserRow = components['schemas']['UserRow']

const toPage = (row: UserRow) => ({ name: 'user', params: { id: row.id } })

const columns: Column<UserRow>[] = [
  { key: 'id', label: 'users.number', value: (row) => `#${row.id}`, link: toPage, essential: true },
  { key: 'email', label: 'users.email', link: toPage, essential: true },
  { key: 'user_id', label: 'users.external', kind: 'id', essential: true },
  {
    key: 'active',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.active ? 'on' : 'off'),
    tone: (row) => (row.active ? 'good' : 'idle'),
    words: 'users',
    essential: true,
  },
  { key: 'last_login_at', label: 'users.lastLogin', kind: 'time' },
  { key: 'invite_code', label: 'users.inviteCode', kind: 'id', hidden: true },
  {
    key: 'inviter_id',
    label: 'users.inviter',
    value: (row) => row.inviter_id && `#${row.inviter_id}`,
    link: (row) => (row.inviter_id ? { name: 'user', params: { id: row.inviter_id } } : undefined),
  },
  { key: 'email_verified', label: 'users.verified', kind: 'flag', hidden: true },
  { key: 'monthly_free_tokens', label: 'users.freeTokens', kind: 'count', hidden: true },
  { key: 'language', label: 'users.language', hidden: true },
  { key: 'created_at', label: 'columns.created', kind: 'time' },
  tenantColumn({ hidden: false }),
]

/** Users of all tenants. */
export const userList: ListDefinition<UserRow> = {
  name: 'users',
  path: '/api/users',
  title: 'users.title',
  rowKey: (row) => row.id,
  sorts: ['id', 'email', 'user_id', 'active', 'last_login_at', 'created_at'],
  columns,
  tenants: true,
  page: toPage,
  filters: [
    { name: 'email', label: 'users.email', kind: 'text' },
    { name: 'id', label: 'users.number', kind: 'number' },
    { name: 'user_id', label: 'users.external', kind: 'text' },
    { name: 'invite_code', label: 'users.inviteCode', kind: 'text' },
    { name: 'inviter', label: 'users.inviter', kind: 'number', api: 'inviter_id' },
    { name: 'active', label: 'users.on', kind: 'flag' },
  ],
}
