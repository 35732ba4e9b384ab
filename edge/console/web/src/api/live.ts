/**
 * Live numbers: one connection for each browser and stream, however many tabs are open. A tab that
 * holds the stream's lock reads it and tells the others; when it closes, the next one takes over and
 * goes on after the last event. Hidden for five minutes lets go.
 */
import { addressAfter, HIDDEN_MS, SILENT_MS, stateAfter, waitAfter, type LiveState } from './liveRules'

export interface LiveEvent {
  name: string
  data: string
  id: string
}

type Told = { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: LiveState } | { kind: 'ask' }

export class LiveStream {
  private readonly channel: BroadcastChannel
  private source: EventSource | undefined
  private release: (() => void) | undefined
  private asking: AbortController | undefined
  private state: LiveState = 'off'
  private lastId = ''
  private last: LiveEvent | undefined
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined
  private hidden: ReturnType<typeof setTimeout> | undefined
  private readonly onVisible = () => this.visibility()
  private readonly onOnline = () => this.again()

  /**
   * @param names of the events that the stream tells; a tab that comes later is told the last one of
   *     the first name
   */
  constructor(
    private readonly url: string,
    private readonly names: readonly string[],
    private readonly onEvent: (event: LiveEvent) => void,
    private readonly onState: (state: LiveState) => void,
  ) {
    this.channel = new BroadcastChannel(`tollgate.live:${url}`)
    this.channel.onmessage = (message: MessageEvent<Told>) => this.heard(message.data)
    document.addEventListener('visibilitychange', this.onVisible)
    window.addEventListener('online', this.onOnline)
    this.ask()
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.onVisible)
    window.removeEventListener('online', this.onOnline)
    clearTimeout(this.hidden)
    this.letGo()
    this.channel.close()
  }

  private visibility(): void {
    clearTimeout(this.hidden)
    if (document.hidden) this.hidden = setTimeout(() => this.letGo(), HIDDEN_MS)
    else if (this.asking) this.again()
    else this.ask()
  }

  /** Waits for the lock; whoever has it holds the connection. */
  private ask(): void {
    const asking = new AbortController()
    this.asking = asking
    this.channel.postMessage({ kind: 'ask' } satisfies Told)
    // a page that is not from a secure origin has no locks, and holds a connection of its own
    const locks = (navigator as { locks?: LockManager }).locks
    if (!locks) {
      this.connect()
      return
    }
    locks
      .request(`tollgate.live:${this.url}`, { signal: asking.signal }, () => {
        if (asking.signal.aborted) return undefined
        this.connect()
        return new Promise<void>((resolve) => {
          this.release = resolve
        })
      })
      .catch(() => undefined)
  }

  private letGo(): void {
    clearTimeout(this.timer)
    clearTimeout(this.silence)
    this.source?.close()
    this.source = undefined
    this.asking?.abort()
    this.asking = undefined
    this.release?.()
    this.release = undefined
    this.failures = 0
    this.tell('off', false)
  }

  private connect(): void {
    clearTimeout(this.timer)
    const source = new EventSource(addressAfter(this.url, this.lastId))
    this.source = source
    this.listen()
    source.onopen = () => {
      this.failures = 0
      this.listen()
      this.tell('live', true)
    }
    source.onerror = () => {
      if (source === this.source) this.lost()
    }
    for (const name of this.names) {
      source.addEventListener(name, (message) => {
        this.listen()
        const event = { name, data: String(message.data), id: message.lastEventId }
        this.remember(event)
        this.channel.postMessage({ kind: 'event', event } satisfies Told)
        this.onEvent(event)
      })
    }
  }

  /** A browser that gives up is asked again by us, with the last event. */
  private lost(): void {
    this.source?.close()
    this.source = undefined
    clearTimeout(this.silence)
    this.failures += 1
    this.tell(stateAfter(this.state, this.failures), true)
    this.timer = setTimeout(() => this.connect(), waitAfter(this.failures))
  }

  /** Silence is a broken line: there are heartbeats. */
  private listen(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.lost(), SILENT_MS)
  }

  /** Does not wait any longer, where it waits. */
  private again(): void {
    if (this.asking && !this.source && this.failures > 0) this.connect()
  }

  private remember(event: LiveEvent): void {
    if (event.id) this.lastId = event.id
    if (event.name === this.names[0]) this.last = event
  }

  private heard(told: Told): void {
    if (told.kind === 'ask') {
      if (!this.source) return
      this.channel.postMessage({ kind: 'state', state: this.state } satisfies Told)
      if (this.last) this.channel.postMessage({ kind: 'event', event: this.last } satisfies Told)
    } else if (!this.asking) {
      // let go: whoever else is told is none of this tab's business
    } else if (told.kind === 'event') {
      this.remember(told.event)
      this.tell('live', false)
      this.onEvent(told.event)
    } else {
      this.tell(told.state, false)
    }
  }

  private tell(state: LiveState, toOthers: boolean): void {
    this.state = state
    if (toOthers) this.channel.postMessage({ kind: 'state', state } satisfies Told)
    this.onState(state)
  }
}
