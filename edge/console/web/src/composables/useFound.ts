import { useQuery } from '@tanstack/vue-query'
import { refDebounced } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import { api } from '@/api/client'
import type { components } from '@/api/generated/schema'

type Hit = components['schemas']['SearchHit']

export interface Found {
  key: string
  text: string
  kind: string
  to: RouteLocationRaw
}

const NUMBER = /^#?(\d{1,18})$/
const TEXT_MAX = 200
const PREFIX = 8
const TYPING_MS = 150

/** Names of the pages of things that have one of their own. */
const PAGES = { request: 'request', user: 'user', order: 'recharge', transfer: 'ledgerTransfer', tenant: 'tenant' } as const

function pageOf(hit: Hit, asked: string): RouteLocationRaw {
  if (hit.kind === 'key') return { name: 'keys', query: { ...(asked.startsWith('sk-') ? { prefix: asked.slice(0, PREFIX) } : {}), open: hit.id } }
  if (hit.kind === 'code') return { name: 'codes', query: { open: hit.id } }
  return { name: PAGES[hit.kind], params: { id: hit.id } }
}

/** What a text that somebody pasted names, whatever kind of thing it is: one question to the server. */
export function useFound(text: Ref<string>) {
  const { t } = useI18n()
  const given = computed(() => text.value.trim().slice(0, TEXT_MAX))
  const settled = refDebounced(given, TYPING_MS)
  const isAsked = computed(() => settled.value.length > 1)
  const answer = useQuery({
    queryKey: ['found', settled],
    enabled: isAsked,
    queryFn: ({ signal }) => api.get('/api/search', { query: { q: settled.value.replace(NUMBER, '$1') }, signal }),
  })
  const found = computed<Found[]>(() => {
    const hits = isAsked.value && settled.value === given.value ? (answer.data.value?.data.hits ?? []) : []
    const things = hits.map((hit) => ({
      key: `${hit.kind}-${hit.id}`,
      text: hit.title,
      kind: t(`common.kinds.${hit.kind}`),
      to: pageOf(hit, given.value),
    }))
    const number = NUMBER.exec(given.value)?.[1]
    if (!number) return things
    return [
      ...things,
      { key: number, text: `#${number}`, kind: t('common.requestsOfUser'), to: { name: 'requests', query: { user: number } } },
    ]
  })
  /** Something may still come. */
  const isWaiting = computed(
    () => (settled.value !== given.value && given.value !== '') || (isAsked.value && answer.isFetching.value),
  )
  return { found, isWaiting }
}
