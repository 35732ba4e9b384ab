import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp, watch, type Component } from 'vue'
import type { Router } from 'vue-router'
import { ApiError } from '@/api/errors'
import { createTranslations, speak, type Face } from '@/i18n'
import { offerNewVersion } from '@/router/guard'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/element.css'

const FRESH_MS = 10_000

function queries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        refetchOnWindowFocus: false,
        retry: (failures, cause) => cause instanceof ApiError && cause.retryable && cause.status !== 503 && failures < 2,
      },
    },
  })
}

/** Starts a face: its language is there before anything is drawn. */
export async function start(face: Face, root: Component, createFaceRouter: () => Router): Promise<void> {
  const app = createApp(root)
  app.use(createPinia())
  const preferences = usePreferences()
  useSession().face = face
  const translations = createTranslations(preferences.language)
  await speak(translations, face, preferences.language)
  watch(
    () => preferences.language,
    (language) => void speak(translations, face, language),
  )
  app.use(translations)
  app.use(VueQueryPlugin, { queryClient: queries() })
  const router = createFaceRouter()
  app.use(router)
  window.addEventListener('vite:preloadError', (event) => {
    event.preventDefault()
    offerNewVersion(location.pathname)
  })
  app.mount('#app')
}
