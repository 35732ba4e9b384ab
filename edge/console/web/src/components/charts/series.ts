/** What a chart draws: heights only, never an amount that is shown in digits. */
export interface ChartSeries {
  name: string
  values: readonly number[]
  bars?: boolean
  stack?: string
  /** A colour of its meaning, as --bad, in place of the next of the series. */
  token?: string
}
