import { writeJson } from '@/api/json'
import type { Candles } from './candles'
import type { Setup } from './setup'
import { momentOf } from '@/composables/checks'
import { BREED_TERMS, LIVE_TERMS, MAIN_TERMS, MARKET_TERMS, MORE_TERMS, RANK_TERMS, WALK_TERMS, type Term } from './terms'
import { numberOf, searched, valueOf, type Strategy } from '@/views/console/strategies/values'

/** Paths of the API by what is done. */
const PATHS = {
  run: '/api/backtest/run',
  grid: '/api/backtest/optimize',
  genetic: '/api/backtest/optimize-genetic',
} as const

export function pathOf(setup: Setup) {
  return setup.source === 'live' ? '/api/backtest/run-live' : PATHS[setup.mode]
}

type Fields = Record<string, unknown>

/** What was typed of some terms, and what is usual of the others; nothing of what is empty. */
function termsOf(terms: readonly Term[], typed: Readonly<Record<string, string>>): Fields {
  const fields: Fields = {}
  for (const term of terms) {
    const text = (typed[term.name] ?? term.usual).trim()
    if (text !== '') fields[term.name] = term.choices ? text : numberOf(text)
  }
  return fields
}

function configOf(setup: Setup, strategy: Strategy): Fields {
  const fields: Fields = {}
  for (const [name, text] of Object.entries(setup.parameters)) {
    // one that the strategy does not have is sent all the same: the answer warns of it
    const kind = strategy.parameters.find((one) => one.name === name)?.kind ?? 'number'
    if (text.trim() !== '') fields[name] = valueOf(kind, text)
  }
  return fields
}

function valuesOf(setup: Setup, strategy: Strategy): Fields {
  const fields: Fields = {}
  for (const { name, kind } of strategy.parameters) {
    const text = setup.values[name] ?? ''
    if (text.trim() !== '') fields[name] = (searched(text) ?? [text]).map((value) => valueOf(kind, value))
  }
  return fields
}

function searchOf(setup: Setup, strategy: Strategy): Fields {
  const { score_by, ...constraints } = termsOf(RANK_TERMS, setup.search)
  const values = valuesOf(setup, strategy)
  const bars = termsOf(WALK_TERMS, setup.search)
  const walk = Object.keys(bars).length > 0 ? { walk_forward: bars } : {}
  if (setup.mode === 'genetic') {
    const { seed, ...config } = termsOf(BREED_TERMS, setup.search)
    return { param_space: values, score_by, constraints, config, seed, ...walk }
  }
  return { param_grid: values, score_by, constraints, ...walk }
}

/** Which candles are meant that do not come along. */
function marketOf(setup: Setup): Fields {
  const market = termsOf(MARKET_TERMS, setup.market)
  if (setup.source === 'live') return { ...market, ...termsOf(LIVE_TERMS, setup.market) }
  const span = ['start_time', 'end_time'].flatMap((name) => {
    const moment = momentOf(setup.market[name] ?? '')
    return moment ? [[name, moment]] : []
  })
  return { ...market, ...Object.fromEntries(span) }
}

/** What is asked for, as JSON; the candles of a file are put in as they are. */
export function bodyOf(setup: Setup, strategy: Strategy, candles: Candles | undefined): string {
  const asked = writeJson({
    strategy_code: strategy.code,
    strategy_config: configOf(setup, strategy),
    symbol: setup.symbol || strategy.symbol,
    timeframe: setup.timeframe || strategy.timeframe,
    async: true,
    ...termsOf([...MAIN_TERMS, ...MORE_TERMS], setup.terms),
    ...(setup.mode === 'run' ? {} : searchOf(setup, strategy)),
    ...(candles ? {} : marketOf(setup)),
  })
  if (!candles) return asked
  const given = candles.kind === 'json' ? candles.text : JSON.stringify(candles.text)
  return `${asked.slice(0, -1)},"candles":${given}}`
}
