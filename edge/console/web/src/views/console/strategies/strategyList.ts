import type { components } from '@/api/generated/schema'
import type { Column, ListDefinition } from '@/components/table/list'

export type SoldStrategy = components['schemas']['Strategy']
export type TenantStrategy = components['schemas']['TenantStrategy']
export type Binding = components['schemas']['StrategyBindingAdmin']

const USDT = () => 'USDT'

/** On or off, as the API says it in numbers. */
function stateColumn<Row extends { status: string }>(words: string): Column<Row> {
  return {
    key: 'status',
    label: 'columns.state',
    kind: 'status',
    value: (row) => (row.status === '1' ? 'on' : 'off'),
    tone: (row) => (row.status === '1' ? 'good' : 'idle'),
    words,
    essential: true,
  }
}

/** Strategies of the operator. */
export const strategyList: ListDefinition<SoldStrategy> = {
  name: 'strategies',
  path: '/api/strategies',
  title: 'strategies.title',
  rowKey: (row) => row.id,
  columns: [
    { key: 'name', label: 'columns.name', essential: true },
    { key: 'code', label: 'strategies.code', kind: 'id', essential: true },
    { key: 'symbols', label: 'strategies.symbols' },
    { key: 'timeframe', label: 'strategies.timeframe' },
    { key: 'exchange', label: 'strategies.exchange', words: 'strategies.exchanges' },
    { key: 'market_type', label: 'strategies.market', words: 'strategies.markets', hidden: true },
    { key: 'capital', label: 'strategies.capital', kind: 'money', currency: USDT },
    { key: 'leverage', label: 'strategies.leverage', kind: 'count' },
    { key: 'risk_mode', label: 'strategies.risk', words: 'strategies.risks' },
    { key: 'amount_usdt', label: 'strategies.amount', kind: 'money', currency: USDT, essential: true },
    { key: 'min_confidence', label: 'strategies.minConfidence', kind: 'count', hidden: true },
    { key: 'cooldown_minutes', label: 'strategies.cooldown', kind: 'count', hidden: true },
    { key: 'show_to_user', label: 'strategies.shown', kind: 'flag', value: (row) => row.show_to_user === '1' },
    stateColumn('common'),
    { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  ],
  filters: [{ name: 'status', label: 'columns.state', kind: 'choice', choices: ['1', '0'], words: 'strategies.states' }],
  sorts: ['name', 'code', 'capital', 'leverage', 'amount_usdt', 'created_at'],
  tenants: true,
}

/** Strategies that are open to a tenant, in its order. */
export function tenantStrategyList(tenant: string): ListDefinition<TenantStrategy> {
  return {
    name: 'tenantStrategies',
    path: `/api/tenants/${encodeURIComponent(tenant)}/tenant-strategies`,
    title: 'strategies.ofTenants',
    rowKey: (row) => row.id,
    columns: [
      { key: 'sort_order', label: 'strategies.place', kind: 'count' },
      { key: 'display_name', label: 'strategies.displayName', value: (row) => row.display_name || row.strategy_name, essential: true },
      { key: 'strategy_code', label: 'strategies.code', kind: 'id', essential: true },
      { key: 'capital', label: 'strategies.capital', kind: 'money', currency: USDT },
      { key: 'leverage', label: 'strategies.leverage', kind: 'count' },
      { key: 'risk_mode', label: 'strategies.risk', words: 'strategies.risks' },
      { key: 'amount_usdt', label: 'strategies.amount', kind: 'money', currency: USDT, essential: true },
      { key: 'max_loss_per_trade', label: 'strategies.maxLoss', kind: 'money', currency: USDT },
      { key: 'risk_based_sizing', label: 'strategies.byRisk', kind: 'flag', hidden: true },
      { key: 'min_capital', label: 'strategies.minCapital', kind: 'money', currency: USDT, hidden: true },
      stateColumn('common'),
      { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
    ],
    filters: [{ name: 'status', label: 'columns.state', kind: 'choice', choices: ['1', '0'], words: 'strategies.states' }],
    sorts: ['sort_order', 'strategy_code', 'capital', 'leverage', 'amount_usdt'],
  }
}

/** Who follows what. */
export const bindingList: ListDefinition<Binding> = {
  name: 'bindings',
  path: '/api/strategy-bindings-admin',
  title: 'strategies.bindings',
  rowKey: (row) => row.id,
  columns: [
    {
      key: 'user_id',
      label: 'columns.user',
      value: (row) => row.user_email ?? `#${row.user_id}`,
      link: (row) => ({ name: 'user', params: { id: row.user_id } }),
      essential: true,
    },
    { key: 'tenant_name', label: 'columns.tenant', hidden: true },
    { key: 'strategy_name', label: 'strategies.one', essential: true },
    { key: 'exchange_account_label', label: 'strategies.account' },
    { key: 'mode', label: 'strategies.mode', words: 'strategies.modes' },
    { key: 'capital', label: 'strategies.capital', kind: 'money', currency: USDT },
    { key: 'leverage', label: 'strategies.leverage', kind: 'count' },
    { key: 'risk_mode', label: 'strategies.risk', words: 'strategies.risks', hidden: true },
    { key: 'amount_usdt', label: 'strategies.amount', kind: 'money', currency: USDT },
    { key: 'total_profit', label: 'strategies.profit', kind: 'money', currency: USDT, essential: true },
    { key: 'total_trades', label: 'strategies.trades', kind: 'count' },
    { key: 'point_card_total', label: 'strategies.points', kind: 'money', currency: USDT, hidden: true },
    {
      key: 'status',
      label: 'columns.state',
      kind: 'status',
      value: (row) => (row.status === '1' ? (row.paused ? 'paused' : 'running') : 'stopped'),
      tone: (row) => (row.status === '1' ? (row.paused ? 'warn' : 'good') : 'idle'),
      words: 'strategies.bindingStates',
      essential: true,
    },
    { key: 'created_at', label: 'columns.created', kind: 'time', hidden: true },
  ],
  filters: [
    { name: 'status', label: 'columns.state', kind: 'choice', choices: ['1', '0'], words: 'strategies.runs' },
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
  ],
  sorts: ['capital', 'leverage', 'amount_usdt', 'total_profit', 'total_trades', 'created_at'],
  tenants: true,
}
