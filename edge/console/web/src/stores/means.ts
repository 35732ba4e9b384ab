import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from '@/api/client'
import { LiveStream } from '@/api/live'
import { POLL_MS, type LiveState } from '@/api/liveRules'
import type { components } from '@/api/generated/schema'
import { readJson } from '@/api/json'

type Snapshot = components['schemas']['Snapshot']

const GATHER_MS = 150

/** What the user has, as it changes: the number in the header and on every page is this one. */
export const useMeans = defineStore('means', () => {
  const snapshot = ref<Snapshot>()
  const state = ref<LiveState>('off')
  const heardAt = ref(Date.now())
  /** Grows with every request that was charged. */
  const charges = ref(0)
  /** Grows with every change of money or quota. */
  const changes = ref(0)
  const isLive = computed(() => state.value === 'live')
  let user = ''
  let stream: LiveStream | undefined
  let gather: ReturnType<typeof setTimeout> | undefined
  let poll: ReturnType<typeof setInterval> | undefined

  async function refresh(): Promise<void> {
    if (!user) return
    try {
      snapshot.value = await api.get('/api/v1/billing/sync/{user_id}', { at: { user_id: user } })
      heardAt.value = Date.now()
    } catch {
      // the age of what is shown tells it
    }
  }

  function heard(data: string): void {
    heardAt.value = Date.now()
    const event = readJson(data) as { type?: string }
    if (event.type === 'heartbeat') return
    if (event.type === 'usage_recorded') charges.value += 1
    if (event.type !== 'sync') changes.value += 1
    clearTimeout(gather)
    gather = setTimeout(() => void refresh(), GATHER_MS)
  }

  function start(userId: string): void {
    if (user === userId) return
    stop()
    user = userId
    void refresh()
    stream = new LiveStream(
      `/api/v1/billing/sync/${encodeURIComponent(userId)}/stream`,
      ['message'],
      (event) => heard(event.data),
      (next) => (state.value = next),
    )
    poll = setInterval(() => {
      if (state.value !== 'live' && !document.hidden) void refresh()
    }, POLL_MS)
  }

  function stop(): void {
    stream?.close()
    stream = undefined
    clearInterval(poll)
    clearTimeout(gather)
    user = ''
    snapshot.value = undefined
    state.value = 'off'
  }

  return { snapshot, state, heardAt, charges, changes, isLive, refresh, start, stop }
})
