/**
 * Live numbers: one connection for each browser and stream, however many tabs are open. A tab that
 * holds the stream's lock reads it and tells the others; when it closes, the next one takes over and
 * goes on after the last event. Hidden for five minutes lets go.
 */
export interface LiveEvent {
  name: string
  data: string
  id: string
}

export type LiveState = 'live' | 'reconnecting' | 'polling' | 'off'

type Told = { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: LiveState; at: number }

const HIDDEN_MS = 5 * 60_000
const FAILURES_MAX = 4
const RETRY_MS = [500, 1_000, 3_000, 5_000]

export class LiveStream {
  private readonly channel: BroadcastChannel
  private source: EventSource | undefined
  private release: (() => void) | undefined
  private asking: AbortController | undefined
  private lastId = ''
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private hidden: ReturnType<typeof setTimeout> | undefined
  private readonly onVisible = () => this.visibility()

  constructor(
    private readonly url: string,
    private readonly names: readonly string[],
    private readonly onEvent: (event: LiveEvent) => void,
    private readonly onState: (state: LiveState) => void,
  ) {
    this.channel = new BroadcastChannel(`tollgate.live:${url}`)
    this.channel.onmessage = (message: MessageEvent<Told>) => this.heard(message.data)
    document.addEventListener('visibilitychange', this.onVisible)
    this.ask()
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.onVisible)
    clearTimeout(this.hidden)
    this.letGo()
    this.channel.close()
  }

  private visibility(): void {
    clearTimeout(this.hidden)
    if (document.hidden) this.hidden = setTimeout(() => this.letGo(), HIDDEN_MS)
    else if (!this.asking) this.ask()
  }

  /** Waits for the lock; whoever has it holds the connection. */
  private ask(): void {
    const asking = new AbortController()
    this.asking = asking
    navigator.locks
      .request(`tollgate.live:${this.url}`, { signal: asking.signal }, () => {
        this.connect()
        return new Promise<void>((resolve) => {
          this.release = resolve
        })
      })
      .catch(() => undefined)
  }

  private letGo(): void {
    clearTimeout(this.timer)
    this.source?.close()
    this.source = undefined
    this.asking?.abort()
    this.asking = undefined
    this.release?.()
    this.release = undefined
    this.onState('off')
  }

  private connect(): void {
    const after = this.lastId ? `${this.url.includes('?') ? '&' : '?'}last_event_id=${encodeURIComponent(this.lastId)}` : ''
    const source = new EventSource(this.url + after)
    this.source = source
    source.onopen = () => {
      this.failures = 0
      this.tellState('live')
    }
    source.onerror = () => {
      if (source !== this.source) return
      // a browser that gives up is asked again by us, with the last event
      source.close()
      this.failures += 1
      this.tellState(this.failures >= FAILURES_MAX ? 'polling' : 'reconnecting')
      const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1] ?? 5_000
      this.timer = setTimeout(() => this.connect(), wait)
    }
    for (const name of this.names) {
      source.addEventListener(name, (message) => {
        const event = { name, data: String(message.data), id: message.lastEventId }
        if (event.id) this.lastId = event.id
        this.channel.postMessage({ kind: 'event', event } satisfies Told)
        this.onEvent(event)
      })
    }
  }

  private heard(told: Told): void {
    if (told.kind === 'event') {
      if (told.event.id) this.lastId = told.event.id
      this.onState('live')
      this.onEvent(told.event)
    } else {
      this.onState(told.state)
    }
  }

  private tellState(state: LiveState): void {
    this.channel.postMessage({ kind: 'state', state, at: Date.now() } satisfies Told)
    this.onState(state)
  }
}
