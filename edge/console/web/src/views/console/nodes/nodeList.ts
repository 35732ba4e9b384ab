import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'

export type ExecutionNode = components['schemas']['ExecutionNode']

/** How a node stands: switched off, or heard lately, or not. */
export function standOf(node: ExecutionNode): 'off' | 'online' | 'silent' {
  if (node.status !== '1') return 'off'
  return node.online ? 'online' : 'silent'
}

/** How its state is drawn. */
export const TONES: Record<ReturnType<typeof standOf>, Tone> = { off: 'idle', online: 'good', silent: 'bad' }

/** Nodes that place orders. */
export const nodeList: ListDefinition<ExecutionNode> = {
  name: 'nodes',
  path: '/api/nodes',
  title: 'nodes.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'name', label: 'columns.name', essential: true },
    { key: 'node_code', label: 'nodes.code', kind: 'id' },
    { key: 'base_url', label: 'nodes.address', essential: true },
    { key: 'accounts', label: 'nodes.accounts', kind: 'count', essential: true },
    { key: 'last_heartbeat_at', label: 'nodes.heard', kind: 'time' },
    {
      key: 'status',
      label: 'columns.state',
      kind: 'status',
      value: standOf,
      tone: (row) => TONES[standOf(row)],
      words: 'nodes.stands',
      essential: true,
    },
    { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  ],
  filters: [{ name: 'status', label: 'columns.state', kind: 'choice', choices: ['1', '0'], words: 'strategies.states' }],
  sorts: ['name', 'node_code', 'accounts', 'last_heartbeat_at', 'created_at'],
}
