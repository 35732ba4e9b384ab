import type { components } from '@/api/generated/schema'
import type { Column, Filter, ListDefinition } from '@/components/table/list'
import type { Tone } from '@/components/tone'
import { tenantColumn, userColumn } from '@/views/console/columns'

export type TradeOrder = components['schemas']['TradeOrder']
export type TradeFill = components['schemas']['TradeFill']
export type TradePosition = components['schemas']['TradePosition']
export type SignalEvent = components['schemas']['SignalEvent']

const EXCHANGES = ['binance', 'okx', 'gate', 'paper']
const ORDER_TONES: Readonly<Record<string, Tone>> = {
  PENDING: 'info',
  SUBMITTED: 'info',
  OPEN: 'info',
  PARTIAL: 'info',
  FILLED: 'good',
  CANCELLED: 'idle',
  EXPIRED: 'idle',
  REJECTED: 'bad',
  FAILED: 'bad',
}
const POSITION_TONES: Readonly<Record<string, Tone>> = { OPEN: 'info', CLOSED: 'idle', LIQUIDATED: 'bad' }

/** One of which nobody knows yet whether the exchange has it. */
export function isInDoubt(order: Pick<TradeOrder, 'status' | 'error_code'>): boolean {
  return order.status === 'SUBMITTED' && order.error_code === 'UNCONFIRMED'
}

export function stateOfOrder(order: Pick<TradeOrder, 'status' | 'error_code'>): string {
  return isInDoubt(order) ? 'UNCONFIRMED' : order.status
}

export function toneOfOrder(order: Pick<TradeOrder, 'status' | 'error_code'>): Tone {
  return isInDoubt(order) ? 'warn' : (ORDER_TONES[order.status] ?? 'idle')
}

export function toneOfPosition(position: Pick<TradePosition, 'status'>): Tone {
  return POSITION_TONES[position.status] ?? 'idle'
}

/** The coin in which a pair is priced: USDT of BTC/USDT. */
export function quoteOf(row: { symbol: string }): string | null {
  return row.symbol.split('/')[1] ?? null
}

function accountColumn<Row extends { account_id: string }>(): Column<Row> {
  return { key: 'account_id', label: 'trades.account', value: (row) => `#${row.account_id}` }
}

/** A column of one of a few words, which stand below the plural of its label. */
function wordColumn<Row>(key: string, name: string, more: Partial<Column<Row>> = {}): Column<Row> {
  return { key, label: `trades.${name}`, words: `trades.${name}s`, ...more }
}

const account: Filter = { name: 'account', label: 'trades.account', kind: 'number', api: 'account_id' }
const symbol: Filter = { name: 'symbol', label: 'trades.symbol', kind: 'text' }
const exchange: Filter = { name: 'exchange', label: 'strategies.exchange', kind: 'choice', choices: EXCHANGES, words: 'strategies.exchanges' }

function choice(name: string, api: string, choices: readonly string[]): Filter {
  return { name, label: `trades.${name}`, kind: 'choice', api, choices, words: `trades.${name}s` }
}

const side = choice('side', 'side', ['BUY', 'SELL'])
const intent = choice('intent', 'trade_type', ['OPEN', 'ADD', 'REDUCE', 'CLOSE'])
const reason = choice('reason', 'close_reason', ['SL', 'TP', 'SIGNAL', 'MANUAL', 'LIQUIDATION'])
const direction = choice('direction', 'position_side', ['LONG', 'SHORT'])

/** Orders on users' accounts. */
export const orderList: ListDefinition<TradeOrder> = {
  name: 'orders',
  path: '/api/orders',
  title: 'trades.orders',
  rowKey: (row) => row.order_id,
  range: '7d',
  ends: ['start_time', 'end_time'],
  tenants: true,
  columns: [
    { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
    { key: 'symbol', label: 'trades.symbol', essential: true },
    wordColumn('side', 'side', { essential: true }),
    wordColumn('trade_type', 'intent'),
    { key: 'quantity', label: 'trades.quantity', kind: 'price' },
    { key: 'avg_price', label: 'trades.avgPrice', kind: 'price' },
    {
      key: 'status',
      label: 'columns.state',
      kind: 'status',
      value: stateOfOrder,
      tone: toneOfOrder,
      words: 'trades.states',
      essential: true,
    },
    wordColumn('close_reason', 'reason'),
    { key: 'strategy_code', label: 'trades.strategy' },
    userColumn(),
    accountColumn(),
    { key: 'exchange', label: 'strategies.exchange', words: 'strategies.exchanges', hidden: true },
    wordColumn('position_side', 'direction', { hidden: true }),
    { key: 'order_id', label: 'trades.order', kind: 'id', hidden: true },
    { key: 'signal_id', label: 'trades.signal', kind: 'id', hidden: true },
    { key: 'error_message', label: 'trades.error', hidden: true },
    tenantColumn(),
  ],
  filters: [
    { ...choice('status', 'status', Object.keys(ORDER_TONES)), label: 'columns.state', words: 'trades.states' },
    symbol,
    side,
    intent,
    direction,
    reason,
    exchange,
    account,
    { name: 'user', label: 'columns.user', kind: 'number', api: 'user_id' },
    { name: 'signal', label: 'trades.signal', kind: 'text', api: 'signal_id' },
  ],
}

/** Trades of those orders at the exchange. */
export const fillList: ListDefinition<TradeFill> = {
  name: 'fills',
  path: '/api/fills',
  title: 'trades.fills',
  rowKey: (row) => row.fill_id,
  range: '7d',
  ends: ['start_time', 'end_time'],
  tenants: true,
  columns: [
    { key: 'filled_at', label: 'columns.time', kind: 'time', essential: true },
    { key: 'symbol', label: 'trades.symbol', essential: true },
    wordColumn('side', 'side', { essential: true }),
    wordColumn('trade_type', 'intent'),
    { key: 'quantity', label: 'trades.quantity', kind: 'price' },
    { key: 'price', label: 'columns.price', kind: 'price' },
    { key: 'value', label: 'trades.value', kind: 'money', currency: quoteOf, essential: true },
    { key: 'fee', label: 'trades.fee', kind: 'money', currency: (row) => row.fee_currency },
    accountColumn(),
    {
      key: 'order_id',
      label: 'trades.order',
      kind: 'id',
      link: (row) => ({ name: 'orders', query: { range: 'all', account: row.account_id, open: row.order_id } }),
    },
    { key: 'exchange', label: 'strategies.exchange', words: 'strategies.exchanges', hidden: true },
    { key: 'exchange_trade_id', label: 'trades.exchangesId', kind: 'id', hidden: true },
    tenantColumn(),
  ],
  filters: [symbol, side, intent, account, { name: 'order', label: 'trades.order', kind: 'text', api: 'order_id' }],
}

/** Positions from flat to flat. */
export const positionList: ListDefinition<TradePosition> = {
  name: 'positions',
  path: '/api/positions',
  title: 'trades.positions',
  rowKey: (row) => row.position_id,
  tenants: true,
  columns: [
    { key: 'updated_at', label: 'trades.changed', kind: 'time' },
    { key: 'symbol', label: 'trades.symbol', essential: true },
    wordColumn('position_side', 'direction', { essential: true }),
    { key: 'quantity', label: 'trades.quantity', kind: 'price' },
    { key: 'entry_price', label: 'trades.entry', kind: 'price' },
    { key: 'stop_loss', label: 'trades.stop', kind: 'price' },
    { key: 'take_profit', label: 'trades.target', kind: 'price' },
    { key: 'realized_pnl', label: 'trades.gain', kind: 'money', currency: quoteOf, essential: true },
    { key: 'status', label: 'columns.state', kind: 'status', tone: toneOfPosition, words: 'trades.positionStates', essential: true },
    wordColumn('close_reason', 'reason'),
    { key: 'strategy_code', label: 'trades.strategy' },
    accountColumn(),
    { key: 'opened_at', label: 'trades.opened', kind: 'time' },
    { key: 'closed_at', label: 'trades.closed', kind: 'time', hidden: true },
    { key: 'exchange', label: 'strategies.exchange', words: 'strategies.exchanges', hidden: true },
    { key: 'position_id', label: 'trades.position', kind: 'id', hidden: true },
    tenantColumn(),
  ],
  filters: [
    { ...choice('status', 'status', ['OPEN', 'CLOSED', 'LIQUIDATED']), label: 'columns.state', words: 'trades.positionStates' },
    symbol,
    direction,
    reason,
    exchange,
    { name: 'market', label: 'strategies.market', kind: 'choice', choices: ['future', 'spot'], words: 'strategies.markets', api: 'market_type' },
    account,
  ],
}

const EVENT_TONES: Readonly<Record<string, Tone>> = {
  EXECUTED: 'good',
  RISK_PASSED: 'good',
  DISPATCHED: 'info',
  RISK_REJECTED: 'warn',
  EXPIRED: 'idle',
  CANCELLED: 'idle',
  FAILED: 'bad',
}
const EVENTS = ['CREATED', 'RISK_CHECK', 'RISK_PASSED', 'RISK_REJECTED', 'DISPATCHED', 'EXECUTED', 'FAILED', 'EXPIRED', 'CANCELLED']

export function toneOfEvent(event: Pick<SignalEvent, 'event_type'>): Tone {
  return EVENT_TONES[event.event_type] ?? 'info'
}

/** What a signal said, as far as its event tells. */
export function detailOf(event: Pick<SignalEvent, 'detail'>, name: string): string {
  const value = (event.detail as Record<string, unknown>)[name]
  return value === undefined || value === null ? '' : String(value)
}

/** What happened to signals. */
export const signalList: ListDefinition<SignalEvent> = {
  name: 'signals',
  path: '/api/signal-events',
  title: 'trades.signals',
  rowKey: (row) => String(row.id),
  range: '24h',
  ends: ['start_time', 'end_time'],
  tenants: true,
  columns: [
    { key: 'created_at', label: 'columns.time', kind: 'time', essential: true },
    { key: 'event_type', label: 'trades.event', kind: 'status', tone: toneOfEvent, words: 'trades.events', essential: true },
    { key: 'strategy', label: 'trades.strategy', value: (row) => detailOf(row, 'strategy') },
    { key: 'symbol', label: 'trades.symbol', value: (row) => detailOf(row, 'symbol'), essential: true },
    { key: 'side', label: 'trades.side', value: (row) => detailOf(row, 'side'), words: 'trades.sides' },
    { key: 'signal_type', label: 'trades.intent', value: (row) => detailOf(row, 'signal_type'), words: 'trades.intents' },
    { key: 'account_id', label: 'trades.account', value: (row) => row.account_id && `#${row.account_id}` },
    { key: 'error_code', label: 'risk.why', words: 'risk.codes', essential: true },
    { key: 'signal_id', label: 'trades.signal', kind: 'id', hidden: true },
    { key: 'error_message', label: 'columns.detail', hidden: true },
  ],
  filters: [
    { ...choice('event', 'event_type', EVENTS), words: 'trades.events' },
    { name: 'strategy', label: 'trades.strategy', kind: 'text', api: 'strategy_code' },
    account,
    { name: 'signal', label: 'trades.signal', kind: 'text', api: 'signal_id' },
  ],
}
