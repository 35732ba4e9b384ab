/** One of the terms on which a backtest trades; its words are below `backtests.terms`. */
export interface Term {
  name: string
  /** What stands in its field at first. */
  usual: string
  choices?: readonly string[]
}

/** Terms that most people look at. */
export const MAIN_TERMS: readonly Term[] = [
  { name: 'initial_balance', usual: '10000' },
  { name: 'amount_usdt', usual: '1000' },
  { name: 'commission_rate', usual: '0.001' },
  { name: 'slippage_pct', usual: '0' },
  { name: 'leverage', usual: '1' },
  { name: 'margin_mode', usual: 'isolated', choices: ['isolated', 'cross'] },
]

/** The others, by what they are about. */
export const MORE_TERMS: readonly Term[] = [
  { name: 'risk_per_trade', usual: '0' },
  { name: 'step_size', usual: '0.000001' },
  { name: 'funding_rate', usual: '0' },
  { name: 'lookback', usual: '50' },
  { name: 'fill_delay_bars', usual: '1' },
  { name: 'on_opposite', usual: 'ignore', choices: ['ignore', 'reverse', 'hedge'] },
  { name: 'min_rr', usual: '0' },
  { name: 'trailing_stop_pct', usual: '0' },
  { name: 'trailing_activation_pct', usual: '0' },
  { name: 'max_drawdown_pct', usual: '0' },
  { name: 'max_consecutive_losses', usual: '0' },
]

/** How results of a search are ranked and which of them count. */
export const RANK_TERMS: readonly Term[] = [
  { name: 'score_by', usual: 'pnl', choices: ['pnl', 'sharpe', 'calmar', 'win_rate', 'composite'] },
  { name: 'min_trades', usual: '' },
  { name: 'max_drawdown_pct', usual: '' },
  { name: 'min_win_rate', usual: '' },
]

/** From where candles come that are stored or asked of an exchange. */
export const MARKET_TERMS: readonly Term[] = [
  { name: 'exchange', usual: 'binance', choices: ['binance', 'okx', 'gate'] },
  { name: 'market_type', usual: 'future', choices: ['future', 'spot'] },
]

/** How many of the last candles of an exchange. */
export const LIVE_TERMS: readonly Term[] = [{ name: 'limit', usual: '500' }]

/** Training and test of a search that walks forward; nothing typed: it does not. */
export const WALK_TERMS: readonly Term[] = [
  { name: 'train_bars', usual: '' },
  { name: 'test_bars', usual: '' },
  { name: 'step_bars', usual: '' },
]

export const BREED_TERMS: readonly Term[] = [
  { name: 'population', usual: '20' },
  { name: 'generations', usual: '10' },
  { name: 'mutation_rate', usual: '0.1' },
  { name: 'crossover_rate', usual: '0.8' },
  { name: 'elite', usual: '2' },
  { name: 'seed', usual: '0' },
]
