import { useQuery } from '@tanstack/vue-query'
import { refDebounced } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import { api } from '@/api/client'

export interface Found {
  key: string
  text: string
  kind: string
  to: RouteLocationRaw
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const KEY = /^sk-[0-9A-Za-z]{3,}/
const NUMBER = /^#?\d{1,18}$/
const ORDER = /^recharge_\w+$/
const TYPING_MS = 150
const SHOWN = 5

/** What a text that somebody pasted names: a request by its id, a key by how it begins, a user by number or address, an order. */
export function useFound(text: Ref<string>) {
  const { t } = useI18n()
  const given = computed(() => text.value.trim())
  const settled = refDebounced(given, TYPING_MS)
  const isAsked = computed(() => settled.value.includes('@') || NUMBER.test(settled.value) || ORDER.test(settled.value))
  const answer = useQuery({
    queryKey: ['found', settled],
    enabled: isAsked,
    queryFn: async ({ signal }): Promise<Found[]> => {
      const wanted = settled.value
      if (ORDER.test(wanted)) {
        const { data } = await api.get('/api/recharge-orders', { query: { order_id: wanted, page_size: SHOWN }, signal })
        return data.map((order) => ({
          key: `order-${order.id}`,
          text: order.order_id,
          kind: t('recharges.order'),
          to: { name: 'recharge', params: { id: order.id } },
        }))
      }
      const by = wanted.includes('@') ? { email: wanted } : { id: wanted.replace('#', '') }
      const { data } = await api.get('/api/users', { query: { ...by, page_size: SHOWN }, signal })
      return data.map((user) => ({
        key: `user-${user.id}`,
        text: user.email ?? `#${user.id}`,
        kind: t('user.title'),
        to: { name: 'user', params: { id: user.id } },
      }))
    },
  })
  const found = computed<Found[]>(() => {
    const wanted = given.value
    if (UUID.test(wanted)) {
      return [{ key: wanted, text: wanted, kind: t('request.title'), to: { name: 'request', params: { id: wanted.toLowerCase() } } }]
    }
    if (KEY.test(wanted)) {
      const prefix = wanted.slice(0, 8)
      return [{ key: prefix, text: `${prefix}…`, kind: t('keys.title'), to: { name: 'keys', query: { prefix } } }]
    }
    const asked = isAsked.value && settled.value === wanted ? (answer.data.value ?? []) : []
    if (!NUMBER.test(wanted)) return asked
    const number = wanted.replace('#', '')
    return [
      ...asked,
      { key: number, text: `#${number}`, kind: t('common.requestsOfUser'), to: { name: 'requests', query: { user: number } } },
    ]
  })
  /** Something may still come. */
  const isWaiting = computed(
    () => (settled.value !== given.value && given.value !== '') || (isAsked.value && answer.isFetching.value),
  )
  return { found, isWaiting }
}
