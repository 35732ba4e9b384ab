import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
export type Language = 'zh-CN' | 'en'
/** The colour of what was gained. */
export type Gains = 'green' | 'red'
/** Whose clock is read: the browser's, or UTC. */
export type Zone = 'browser' | 'UTC'

const KEY = 'tollgate.preferences'

interface Kept {
  theme?: Theme
  language?: Language
  zone?: Zone
  gains?: Gains
  dense?: boolean
  columns?: Record<string, string[]>
}

function read(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Kept
  } catch {
    return {}
  }
}

/** The language of somebody who has chosen none: that of the browser. */
function ofBrowser(): Language {
  return /^zh/i.test(navigator.language) ? 'zh-CN' : 'en'
}

/** How somebody likes it here, kept in this browser. public/first-paint.js reads it too. */
export const usePreferences = defineStore('preferences', () => {
  const kept = read()
  const theme = ref<Theme>(kept.theme ?? 'system')
  const language = ref<Language>(kept.language ?? ofBrowser())
  const zone = ref<Zone>(kept.zone ?? 'browser')
  const gains = ref<Gains>(kept.gains ?? 'green')
  const dense = ref(kept.dense ?? false)
  const columns = ref<Record<string, string[]>>(kept.columns ?? {})
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(dark.matches)
  dark.addEventListener('change', (change) => (systemDark.value = change.matches))
  const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemDark.value))

  watch(
    isDark,
    (value) => {
      document.documentElement.dataset.theme = value ? 'dark' : 'light'
      document.documentElement.classList.toggle('dark', value)
    },
    { immediate: true },
  )
  watch(gains, (value) => (document.documentElement.dataset.gains = value), { immediate: true })
  watch(
    [theme, language, zone, gains, dense, columns],
    () => {
      const value: Kept = {
        theme: theme.value,
        language: language.value,
        zone: zone.value,
        gains: gains.value,
        dense: dense.value,
        columns: columns.value,
      }
      try {
        localStorage.setItem(KEY, JSON.stringify(value))
      } catch {
        // a browser that keeps nothing forgets it with the tab
      }
    },
    { deep: true },
  )
  return { theme, language, zone, gains, dense, columns, isDark }
})
