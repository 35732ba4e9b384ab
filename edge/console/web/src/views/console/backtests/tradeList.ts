import type { components } from '@/api/generated/schema'
import type { ListDefinition } from '@/components/table/list'

export type Trade = components['schemas']['BacktestTrade']

/** Trades of a job that is done. */
export function tradeList(job: string, currency: string): ListDefinition<Trade> {
  const quote = () => currency
  return {
    name: 'backtestTrades',
    path: `/api/backtest/jobs/${encodeURIComponent(job)}/trades`,
    title: 'backtests.tradeList',
    rowKey: (row) => row.trade_id,
    columns: [
      { key: 'trade_id', label: 'backtests.columns.number' },
      { key: 'side', label: 'backtests.columns.side', words: 'backtests.sides', essential: true },
      { key: 'pnl', label: 'backtests.profit', kind: 'money', currency: quote, essential: true },
      { key: 'exit_reason', label: 'backtests.columns.reason', words: 'backtests.reasons', essential: true },
      { key: 'entry_time', label: 'backtests.columns.entered', kind: 'time', essential: true },
      { key: 'entry_price', label: 'backtests.columns.entryPrice', kind: 'count' },
      { key: 'exit_time', label: 'backtests.columns.left', kind: 'time' },
      { key: 'exit_price', label: 'backtests.columns.exitPrice', kind: 'count' },
      { key: 'pnl_pct', label: 'backtests.columns.share', kind: 'count' },
      { key: 'quantity', label: 'backtests.columns.quantity', kind: 'count' },
      { key: 'stop_loss', label: 'backtests.columns.stop', kind: 'count', hidden: true },
      { key: 'take_profit', label: 'backtests.columns.target', kind: 'count', hidden: true },
      { key: 'fees', label: 'backtests.fees', kind: 'money', currency: quote, hidden: true },
      { key: 'funding', label: 'backtests.funding', kind: 'money', currency: quote, hidden: true },
    ],
    filters: [
      { name: 'side', label: 'backtests.columns.side', kind: 'choice', choices: ['long', 'short'], words: 'backtests.filters' },
      { name: 'outcome', label: 'backtests.outcome', kind: 'choice', choices: ['won', 'lost'], words: 'backtests.filters' },
      {
        name: 'exit_reason',
        label: 'backtests.columns.reason',
        kind: 'choice',
        choices: ['stop_loss', 'take_profit', 'trailing_stop', 'signal', 'liquidation', 'end'],
        words: 'backtests.filters',
      },
    ],
    sorts: ['trade_id', 'entry_time', 'exit_time', 'quantity', 'pnl', 'pnl_pct', 'fees', 'funding'],
  }
}
