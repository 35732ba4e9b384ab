import type { Found } from './useBacktest'

/** A parameter's value as it is typed. */
export function paramText(value: unknown): string {
  if (Array.isArray(value)) return value.map(paramText).join(', ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** Parameters with more than one value among what was found, in their order. */
export function varied(ranking: readonly Found[]): string[] {
  return Object.keys(ranking[0]?.params ?? {}).filter(
    (name) => new Set(ranking.map((row) => paramText(row.params[name]))).size > 1,
  )
}

function valuesOf(ranking: readonly Found[], name: string): string[] {
  const all = [...new Set(ranking.map((row) => paramText(row.params[name])))]
  return all.every((text) => !Number.isNaN(Number(text))) ? all.sort((a, b) => Number(a) - Number(b)) : all.sort()
}

export interface HeatCell {
  best: Found
  /** From the lowest score, -1 where it is below 0, to the highest, 1. */
  heat: number
}

export interface Heat {
  rows: string[]
  columns: string[]
  cells: (HeatCell | undefined)[][]
}

/** What was best wherever two parameters meet, whatever the others were. */
export function heatOf(ranking: readonly Found[], down: string, across: string): Heat {
  const best = new Map<string, Found>()
  // the best come first
  for (const row of ranking) {
    const place = `${paramText(row.params[down])} ${paramText(row.params[across])}`
    if (!best.has(place)) best.set(place, row)
  }
  const scores = [...best.values()].map((row) => Number(row.score))
  const top = Math.max(...scores, 0)
  const bottom = Math.min(...scores, 0)
  const lowest = Math.min(...scores)
  const heatAt = (score: number) => {
    if (score < 0) return bottom === 0 ? 0 : -score / bottom
    // where nothing is lost, the lowest is pale
    const from = Math.max(lowest, 0)
    return top === from ? 1 : (score - from) / (top - from)
  }
  const rows = valuesOf(ranking, down)
  const columns = valuesOf(ranking, across)
  const cellAt = (row: string, column: string) => {
    const found = best.get(`${row} ${column}`)
    return found && { best: found, heat: heatAt(Number(found.score)) }
  }
  return { rows, columns, cells: rows.map((row) => columns.map((column) => cellAt(row, column))) }
}
