import type { LocationQuery } from 'vue-router'

/** What is done with the candles: traded once, or searched for better parameters. */
export const MODES = ['run', 'grid', 'genetic'] as const
export type Mode = (typeof MODES)[number]

/** Where candles come from. */
export const SOURCES = ['file', 'stored', 'live', 'sample'] as const
export type Source = (typeof SOURCES)[number]

/** Everything that is chosen on the page; what is as usual is not among it. All of it stands in the address. */
export interface Setup {
  mode: Mode
  strategy: string
  /** Empty: the strategy's own. */
  symbol: string
  timeframe: string
  source: Source
  /** Which of those that are stored, or asked of an exchange. */
  market: Record<string, string>
  /** As typed, by name. */
  parameters: Record<string, string>
  terms: Record<string, string>
  /** Values that are searched, by parameter. */
  values: Record<string, string>
  /** How it is searched. */
  search: Record<string, string>
}

/** What has names of its own: how those begin in the address. */
const GROUPS = { c: 'market', p: 'parameters', t: 'terms', v: 'values', s: 'search' } as const
const OWN = /^(mode|strategy|symbol|timeframe|candles|[cptvs]\..+)$/

function one(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

function oneOf<T extends string>(known: readonly T[], given: string): T {
  return known.find((each) => each === given) ?? (known[0] as T)
}

export function readSetup(query: LocationQuery): Setup {
  const setup: Setup = {
    mode: oneOf(MODES, one(query.mode)),
    strategy: one(query.strategy) || 'ma_cross',
    symbol: one(query.symbol),
    timeframe: one(query.timeframe),
    source: oneOf(SOURCES, one(query.candles)),
    market: {},
    parameters: {},
    terms: {},
    values: {},
    search: {},
  }
  for (const [name, value] of Object.entries(query)) {
    const group = GROUPS[name.split('.', 1)[0] as keyof typeof GROUPS]
    if (group && name[1] === '.' && name.length > 2) setup[group][name.slice(2)] = one(value)
  }
  return setup
}

/** The setup as an address; what is not its own stays. */
export function writeSetup(setup: Setup, before: LocationQuery): LocationQuery {
  const query: LocationQuery = {}
  for (const [name, value] of Object.entries(before)) if (!OWN.test(name)) query[name] = value
  if (setup.mode !== MODES[0]) query.mode = setup.mode
  if (setup.strategy !== 'ma_cross') query.strategy = setup.strategy
  if (setup.symbol) query.symbol = setup.symbol
  if (setup.timeframe) query.timeframe = setup.timeframe
  if (setup.source !== SOURCES[0]) query.candles = setup.source
  for (const [letter, group] of Object.entries(GROUPS)) {
    for (const [name, value] of Object.entries(setup[group])) if (value !== '') query[`${letter}.${name}`] = value
  }
  return query
}

/** What of an address is the setup's, to tell whether it changed. */
export function signOf(query: LocationQuery): string {
  return JSON.stringify(
    Object.entries(query)
      .filter(([name]) => OWN.test(name))
      .map(([name, value]) => [name, one(value)])
      .sort(),
  )
}
