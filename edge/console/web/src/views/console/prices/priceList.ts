import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'
import { perMillion } from '@/views/console/models/modelList'

export type PriceSheet = components['schemas']['PriceSheet']

/** Whether a sheet may still be changed: it has not begun. */
export function isAhead(sheet: PriceSheet, now: number): boolean {
  return new Date(sheet.effective_from).getTime() > now
}

/** What was set for models, the newest first. */
export const priceList: ListDefinition<PriceSheet> = {
  name: 'prices',
  path: '/api/prices',
  title: 'prices.title',
  rowKey: (row) => row.id,
  sorts: ['model', 'effective_from', 'admin_id', 'created_at'],
  columns: [
    { key: 'model', label: 'models.columns.model', link: (row) => ({ name: 'models', query: { model: row.model } }), essential: true },
    { key: 'effective_from', label: 'prices.columns.from', kind: 'time', essential: true },
    { key: 'input', label: 'models.columns.input', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.price, 'input'), essential: true },
    { key: 'output', label: 'models.columns.output', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.price, 'output'), essential: true },
    { key: 'cost_input', label: 'models.columns.costInput', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.upstream_cost, 'input') },
    { key: 'cost_output', label: 'models.columns.costOutput', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.upstream_cost, 'output') },
    { key: 'admin_id', label: 'prices.columns.by', value: (row) => row.admin_id && `#${row.admin_id}` },
    { key: 'created_at', label: 'prices.columns.created', kind: 'time', hidden: true },
  ],
  filters: [{ name: 'model', label: 'models.columns.model', kind: 'text' }],
}
