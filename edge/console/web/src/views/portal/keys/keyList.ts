import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'

export type MyKey = components['schemas']['MyKey']

const TONES: Record<MyKey['state'], Tone> = { on: 'good', off: 'idle', ended: 'idle' }

/** The user's own keys. */
export const keyList: ListDefinition<MyKey> = {
  name: 'myKeys',
  path: '/api/v1/me/keys',
  title: 'myKeys.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'name', label: 'myKeys.columns.name', essential: true },
    { key: 'prefix', label: 'myKeys.columns.prefix' },
    {
      key: 'state',
      label: 'myKeys.columns.state',
      kind: 'status',
      tone: (row) => TONES[row.state],
      words: 'myKeys.states',
      essential: true,
    },
    { key: 'limits', label: 'myKeys.columns.limits' },
    { key: 'models', label: 'myKeys.columns.models' },
    { key: 'spent_lately', label: 'myKeys.columns.spent', kind: 'money', currency: (row) => row.currency, essential: true },
    { key: 'last_used_at', label: 'myKeys.columns.lastUsed', kind: 'time', essential: true },
    { key: 'expires_at', label: 'myKeys.columns.expires', kind: 'time' },
    { key: 'created_at', label: 'myKeys.columns.created', kind: 'time', hidden: true },
  ],
  filters: [],
}
