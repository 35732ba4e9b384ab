/** Candles as they go to the server: CSV as a text, Parquet in base64, JSON as it is. */
export interface Candles {
  name: string
  kind: 'csv' | 'json' | 'parquet'
  text: string
}

const CHUNK = 3 << 13
const PARQUET = /\.parquet$/i

/** More than a body may have; told before it is sent. Bytes of Parquet become a third more as text. */
export function bytesMost(file: File): number {
  return (PARQUET.test(file.name) ? 45 : 60) << 20
}

/** Bytes as text, as JSON has no other way for them. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  return btoa(parts.join(''))
}

export async function readCandles(file: File): Promise<Candles> {
  if (PARQUET.test(file.name)) {
    return { name: file.name, kind: 'parquet', text: base64(new Uint8Array(await file.arrayBuffer())) }
  }
  const text = await file.text()
  const isJson = /\.json$/i.test(file.name) || /^\s*\[/.test(text)
  return { name: file.name, kind: isJson ? 'json' : 'csv', text }
}

const SAMPLE_BARS = 2_000
const SAMPLE_START = Date.UTC(2025, 0, 1)
const MINUTE = 60_000
const UNIT: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 1_440 * MINUTE }

export function lengthOf(timeframe: string): number {
  return Number.parseInt(timeframe, 10) * (UNIT[timeframe.slice(-1)] ?? MINUTE)
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Candles that were never traded, to try the page with: trends that turn, with noise; always the same. */
export function sampleCandles(timeframe: string): Candles {
  const next = numbers(20_250_101)
  const step = lengthOf(timeframe)
  const rows = ['timestamp,open,high,low,close,volume']
  let price = 50_000
  for (let bar = 0; bar < SAMPLE_BARS; bar++) {
    const open = price
    const drift = 0.0016 * Math.sin(bar / 55) + 0.0008 * Math.sin(bar / 17)
    const close = open * (1 + drift + (next() - 0.5) * 0.012)
    const high = Math.max(open, close) * (1 + next() * 0.003)
    const low = Math.min(open, close) * (1 - next() * 0.003)
    price = Number(close.toFixed(1))
    const prices = [open.toFixed(1), high.toFixed(1), low.toFixed(1), price.toFixed(1)]
    rows.push(`${SAMPLE_START + bar * step},${prices.join(',')},${(10 + next() * 90).toFixed(3)}`)
  }
  return { name: 'sample.csv', kind: 'csv', text: rows.join('\n') }
}
