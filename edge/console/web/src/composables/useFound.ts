import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'

export interface Found {
  key: string
  text: string
  kind: string
  to: RouteLocationRaw
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const KEY = /^sk-[0-9A-Za-z]{3,}/

/** What a text that somebody pasted names: a request by its id, a key by how it begins, a user by number. */
export function useFound(text: Ref<string>) {
  const { t } = useI18n()
  return computed<Found[]>(() => {
    const given = text.value.trim()
    if (UUID.test(given)) {
      return [{ key: given, text: given, kind: t('request.title'), to: { name: 'request', params: { id: given.toLowerCase() } } }]
    }
    if (KEY.test(given)) {
      const prefix = given.slice(0, 8)
      return [{ key: prefix, text: `${prefix}…`, kind: t('keys.title'), to: { name: 'keys', query: { prefix } } }]
    }
    if (/^#?\d{1,18}$/.test(given)) {
      const number = given.replace('#', '')
      return [{ key: number, text: `#${number}`, kind: t('common.requestsOfUser'), to: { name: 'requests', query: { user: number } } }]
    }
    return []
  })
}
