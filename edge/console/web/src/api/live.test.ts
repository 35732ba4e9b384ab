import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveStream, type LiveEvent } from './live'
import { HIDDEN_MS, SILENT_MS, type LiveState } from './liveRules'

/** A browser as far as the stream sees it: tabs share its locks and channels. */
class Browser {
  readonly sources: Source[] = []
  private readonly channels = new Set<Channel>()
  private readonly held = new Map<string, Promise<void>>()
  readonly document = Object.assign(new EventTarget(), { hidden: false })
  readonly window = new EventTarget()

  open(channel: Channel): void {
    this.channels.add(channel)
  }

  close(channel: Channel): void {
    this.channels.delete(channel)
  }

  post(from: Channel, data: unknown): void {
    for (const channel of this.channels) {
      if (channel !== from && channel.name === from.name) channel.onmessage?.({ data } as MessageEvent)
    }
  }

  async request(name: string, how: { signal: AbortSignal }, hold: () => Promise<void> | undefined): Promise<void> {
    const before = this.held.get(name) ?? Promise.resolve()
    const mine = before.then(() => (how.signal.aborted ? undefined : hold()))
    this.held.set(name, mine)
    return mine
  }

  hide(isHidden: boolean): void {
    this.document.hidden = isHidden
    this.document.dispatchEvent(new Event('visibilitychange'))
  }

  /** The only one that is open. */
  get source(): Source {
    const [open, ...others] = this.sources.filter((source) => !source.isClosed)
    if (!open || others.length > 0) throw new Error(`connections: ${others.length + (open ? 1 : 0)} (expected: 1)`)
    return open
  }
}

let browser: Browser

class Channel {
  onmessage: ((message: MessageEvent) => void) | null = null

  constructor(readonly name: string) {
    browser.open(this)
  }

  postMessage(data: unknown): void {
    browser.post(this, data)
  }

  close(): void {
    browser.close(this)
  }
}

class Source {
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  isClosed = false
  private readonly listeners = new Map<string, (message: MessageEvent) => void>()

  constructor(readonly url: string) {
    browser.sources.push(this)
  }

  addEventListener(name: string, listener: (message: MessageEvent) => void): void {
    this.listeners.set(name, listener)
  }

  close(): void {
    this.isClosed = true
  }

  say(name: string, data: string, lastEventId: string): void {
    this.listeners.get(name)?.({ data, lastEventId } as MessageEvent)
  }
}

class Tab {
  readonly heard: string[] = []
  readonly states: LiveState[] = []
  readonly stream = new LiveStream(
    '/api/stream',
    ['numbers', 'change'],
    (event: LiveEvent) => this.heard.push(event.data),
    (state) => this.states.push(state),
  )

  get state(): LiveState | undefined {
    return this.states.at(-1)
  }
}

/** Lets everything happen that waits for no time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

async function tab(): Promise<Tab> {
  const opened = new Tab()
  await settle()
  return opened
}

beforeEach(() => {
  vi.useFakeTimers()
  browser = new Browser()
  vi.stubGlobal('document', browser.document)
  vi.stubGlobal('window', browser.window)
  vi.stubGlobal('navigator', { locks: browser })
  vi.stubGlobal('BroadcastChannel', Channel)
  vi.stubGlobal('EventSource', Source)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('tabs of one browser', () => {
  it('share one connection, and each hears every event', async () => {
    const first = await tab()
    const second = await tab()
    browser.source.onopen?.()
    browser.source.say('numbers', 'one', '1')
    browser.source.say('change', 'two', '2')
    expect(first.heard).toEqual(['one', 'two'])
    expect(second.heard).toEqual(['one', 'two'])
    expect([first.state, second.state]).toEqual(['live', 'live'])
  })

  it('tell one that comes later how things stand, and the last numbers', async () => {
    const first = await tab()
    browser.source.onopen?.()
    browser.source.say('numbers', 'one', '1')
    browser.source.say('change', 'two', '2')
    const late = await tab()
    expect(late.heard).toEqual(['one'])
    expect(late.state).toBe('live')
    expect(first.heard).toEqual(['one', 'two'])
  })

  it('take over from one that closes, after the last event that it told', async () => {
    const first = await tab()
    const second = await tab()
    browser.source.onopen?.()
    browser.source.say('change', 'two', 'id 2')
    first.stream.close()
    await settle()
    expect(browser.source.url).toBe('/api/stream?last_event_id=id%202')
    browser.source.say('change', 'three', '3')
    expect(second.heard).toEqual(['two', 'three'])
    expect(first.heard).toEqual(['two'])
  })

  it('let the next one have it when they are hidden for long, and hear nothing meanwhile', async () => {
    const first = await tab()
    const second = await tab()
    browser.hide(true)
    await vi.advanceTimersByTimeAsync(HIDDEN_MS)
    expect([first.state, second.state]).toEqual(['off', 'off'])
    expect(browser.sources.every((source) => source.isClosed)).toBe(true)
    browser.hide(false)
    await settle()
    browser.source.say('numbers', 'back', '9')
    expect(first.heard).toEqual(['back'])
    expect(second.heard).toEqual(['back'])
  })

  it('keep it when they are hidden for less', async () => {
    const first = await tab()
    browser.source.onopen?.()
    const [held] = browser.sources
    for (let minute = 0; minute < 20; minute++) {
      browser.hide(minute % 5 !== 4)
      await vi.advanceTimersByTimeAsync(60_000)
      browser.source.say('numbers', String(minute), String(minute))
    }
    expect(browser.sources).toEqual([held])
    expect(first.heard).toHaveLength(20)
    expect(first.states).toEqual(['live'])
  })
})

describe('a line that breaks', () => {
  it('is followed at once and without a word, then by words, then only by questions', async () => {
    const first = await tab()
    browser.source.onopen?.()
    browser.source.say('numbers', 'one', '1')
    browser.source.onerror?.()
    expect(first.state).toBe('live')
    await vi.advanceTimersByTimeAsync(500)
    expect(browser.source.url).toBe('/api/stream?last_event_id=1')
    browser.source.onerror?.()
    expect(first.state).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(1_000)
    browser.source.onerror?.()
    await vi.advanceTimersByTimeAsync(3_000)
    browser.source.onerror?.()
    expect(first.state).toBe('polling')
    await vi.advanceTimersByTimeAsync(5_000)
    browser.source.onopen?.()
    expect(first.state).toBe('live')
  })

  it('is one that says nothing, not even that it is there', async () => {
    await tab()
    browser.source.onopen?.()
    const silent = browser.source
    await vi.advanceTimersByTimeAsync(SILENT_MS)
    expect(silent.isClosed).toBe(true)
    await vi.advanceTimersByTimeAsync(500)
    expect(browser.source).not.toBe(silent)
  })

  it('is not waited for when the machine is online again', async () => {
    await tab()
    for (const wait of [500, 1_000, 3_000]) {
      browser.source.onerror?.()
      await vi.advanceTimersByTimeAsync(wait)
    }
    browser.source.onerror?.()
    const opened = browser.sources.length
    browser.window.dispatchEvent(new Event('online'))
    expect(browser.sources).toHaveLength(opened + 1)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(browser.sources).toHaveLength(opened + 1)
  })

  it('says nothing any more once its tab let go of it', async () => {
    const first = await tab()
    const old = browser.source
    first.stream.close()
    old.onerror?.()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(browser.sources).toEqual([old])
    expect(first.state).toBe('off')
  })
})

it('has a connection of its own where the browser has no locks', async () => {
  vi.stubGlobal('navigator', {})
  const first = await tab()
  const second = await tab()
  expect(browser.sources).toHaveLength(2)
  browser.sources[0]?.say('numbers', 'one', '1')
  expect(first.heard).toEqual(['one'])
  expect(second.heard).toEqual(['one'])
})
