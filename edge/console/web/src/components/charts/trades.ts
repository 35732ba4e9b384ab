/** What a chart of trades draws: heights only, never an amount that is shown in digits. Times are milliseconds since 1970. */
export interface DrawnTrade {
  from: number
  entry: number
  to: number
  exit: number
  long: boolean
  won: boolean
  /** Told of it where somebody points at it. */
  text: string
}

export interface DrawnPrice {
  time: number
  low: number
  high: number
  close: number
}
