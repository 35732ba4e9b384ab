import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from '@/api/client'
import { LiveStream } from '@/api/live'
import { POLL_MS, type LiveState } from '@/api/liveRules'
import type { components } from '@/api/generated/schema'
import { readJson } from '@/api/json'
import { useNotices } from '@/stores/notices'

export type MonitorStatus = components['schemas']['SignalMonitorStatus']
type MonitorNotice = { message: string; at: string }

/** How the signal monitor is doing, as it changes, while a page shows it; its notices are told. */
export const useSignalMonitor = defineStore('signalMonitor', () => {
  const notices = useNotices()
  const status = ref<MonitorStatus>()
  const error = ref<unknown>()
  const state = ref<LiveState>('off')
  const heardAt = ref(Date.now())
  const isRunning = computed(() => status.value?.running ?? false)
  let stream: LiveStream | undefined
  let poll: ReturnType<typeof setInterval> | undefined

  function start(): void {
    if (stream) return
    stream = new LiveStream(
      '/api/signal-monitor/stream',
      ['status', 'notice', 'heartbeat'],
      (event) => {
        heardAt.value = Date.now()
        if (event.name === 'status') show(readJson(event.data) as MonitorStatus)
        if (event.name === 'notice') notices.tell({ tone: 'info', text: (readJson(event.data) as MonitorNotice).message })
      },
      (next) => (state.value = next),
    )
    void ask()
    poll = setInterval(() => {
      // where no stream tells, it is asked for now and then
      if (state.value !== 'live' && !document.hidden) void ask()
    }, POLL_MS)
  }

  function stop(): void {
    stream?.close()
    stream = undefined
    clearInterval(poll)
    state.value = 'off'
  }

  async function ask(): Promise<void> {
    try {
      show(await api.get('/api/signal-monitor/status'))
      heardAt.value = Date.now()
    } catch (cause) {
      error.value = cause
    }
  }

  function show(next: MonitorStatus): void {
    status.value = next
    error.value = undefined
  }

  return { status, error, state, heardAt, isRunning, start, stop, ask }
})
