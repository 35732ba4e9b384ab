import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'

export type Administrator = components['schemas']['Administrator']

export const ROLES = ['owner', 'finance', 'support', 'read-only'] as const

const columns: Column<Administrator>[] = [
  { key: 'username', label: 'admins.username', essential: true },
  { key: 'nickname', label: 'admins.nickname' },
  { key: 'role', label: 'admins.role', words: 'common.roles', essential: true },
  { key: 'email', label: 'admins.email' },
  { key: 'totp', label: 'admins.totp', kind: 'flag', essential: true },
  { key: 'sessions', label: 'admins.sessions', kind: 'count' },
  { key: 'last_sign_in_at', label: 'admins.lastSignIn', kind: 'time' },
  {
    key: 'active',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.active ? 'on' : 'off'),
    tone: (row) => (row.active ? 'good' : 'idle'),
    words: 'admins',
    essential: true,
  },
  { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
]

/** Who may work here. */
export const adminList: ListDefinition<Administrator> = {
  name: 'admins',
  path: '/api/admins',
  title: 'admins.title',
  rowKey: (row) => row.id,
  sorts: ['username', 'nickname', 'role', 'email', 'totp', 'sessions', 'last_sign_in_at', 'active', 'created_at'],
  columns,
  filters: [
    { name: 'role', label: 'admins.role', kind: 'choice', choices: ROLES, words: 'common.roles' },
    { name: 'active', label: 'admins.on', kind: 'flag' },
  ],
}
