import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from '@/api/client'
import { LiveStream } from '@/api/live'
import { POLL_MS, type LiveState } from '@/api/liveRules'
import type { components } from '@/api/generated/schema'
import { readJson } from '@/api/json'

export type LiveFigures = components['schemas']['LiveFigures']

/** Today's figures as they change, of all tenants or of one: what every page of the console shows live. */
export const useFigures = defineStore('figures', () => {
  const figures = ref<LiveFigures>()
  const state = ref<LiveState>('off')
  const heardAt = ref(Date.now())
  const isLive = computed(() => state.value === 'live')
  /** Differs when there were requests since. */
  const traffic = computed(() => (figures.value ? `${figures.value.day} ${figures.value.requests} ${figures.value.failed}` : ''))
  let followed: string | undefined
  let stream: LiveStream | undefined
  let poll: ReturnType<typeof setInterval> | undefined

  function start(tenant: string): void {
    if (followed === tenant) return
    stop()
    followed = tenant
    stream = new LiveStream(
      `/api/dashboard/stream${tenant ? `?tenant_id=${encodeURIComponent(tenant)}` : ''}`,
      ['figures', 'heartbeat'],
      (event) => {
        heardAt.value = Date.now()
        if (event.name === 'figures') figures.value = readJson(event.data) as LiveFigures
      },
      (next) => (state.value = next),
    )
    poll = setInterval(() => void ask(tenant), POLL_MS)
  }

  function stop(): void {
    stream?.close()
    stream = undefined
    clearInterval(poll)
    followed = undefined
    figures.value = undefined
    state.value = 'off'
  }

  /** Where no stream tells, it is asked for now and then. */
  async function ask(tenant: string): Promise<void> {
    if (state.value === 'live' || document.hidden) return
    try {
      const { data } = await api.get('/api/dashboard/summary', { query: { tenant_id: tenant } })
      if (followed !== tenant) return
      heardAt.value = Date.now()
      const { requests, failed, input_tokens, output_tokens, cost, upstream_cost, in_doubt } = data.relay
      const { recharges, recharged } = data.money
      figures.value = {
        day: data.day,
        ...{ requests, failed, input_tokens, output_tokens, cost, upstream_cost, in_doubt },
        ...{ recharges, recharged },
        at: data.generated_at,
      }
    } catch {
      // the age of what is shown tells it
    }
  }

  return { figures, state, heardAt, isLive, traffic, start, stop }
})
