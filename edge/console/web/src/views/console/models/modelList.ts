import type { Decimal } from '@/api/decimal'
import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type SoldModel = components['schemas']['SoldModel']
type Prices = components['schemas']['PricesByUnit'] | null

/** The price of a million of a kind, as it is written down; none where it falls back or is not known. */
export function perMillion(prices: Prices, kind: string): Decimal | null {
  return (prices?.usd_per_million[kind] as Decimal | undefined) ?? null
}

/** The models that are sold, with price and cost of a million. */
export const modelList: ListDefinition<SoldModel> = {
  name: 'models',
  path: '/api/models',
  title: 'models.title',
  whole: true,
  rowKey: (row) => row.id,
  sorts: ['id', 'platform', 'owned_by', 'context_tokens', 'max_output_tokens', 'effective_from', 'next_from'],
  columns: [
    { key: 'id', label: 'models.columns.model', link: (row) => ({ name: 'prices', query: { model: row.id } }), essential: true },
    { key: 'platform', label: 'models.columns.platform', essential: true },
    { key: 'owned_by', label: 'models.columns.ownedBy', hidden: true },
    { key: 'input', label: 'models.columns.input', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.price, 'input'), essential: true },
    { key: 'cache_read', label: 'models.columns.cacheRead', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.price, 'cache_read') },
    { key: 'output', label: 'models.columns.output', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.price, 'output'), essential: true },
    { key: 'cost_input', label: 'models.columns.costInput', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.upstream_cost, 'input') },
    { key: 'cost_output', label: 'models.columns.costOutput', kind: 'money', currency: () => 'USD', value: (row) => perMillion(row.upstream_cost, 'output') },
    { key: 'margin', label: 'models.columns.margin', value: () => null },
    { key: 'accounts', label: 'models.columns.accounts', value: () => null },
    { key: 'day', label: 'models.columns.day', value: () => null },
    { key: 'failed', label: 'models.columns.failed', value: () => null },
    { key: 'p50', label: 'models.columns.p50', value: () => null },
    { key: 'context_tokens', label: 'models.columns.context', kind: 'count', hidden: true },
    { key: 'max_output_tokens', label: 'models.columns.maxOutput', kind: 'count', hidden: true },
    { key: 'effective_from', label: 'models.columns.since', kind: 'time' },
    { key: 'next_from', label: 'models.columns.next', kind: 'time' },
  ],
  filters: [
    { name: 'model', label: 'models.columns.model', kind: 'text' },
    { name: 'below', label: 'models.below', kind: 'flag', api: 'below_cost' },
  ],
}
