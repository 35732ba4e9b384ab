import { createI18n, type I18n } from 'vue-i18n'
import type { Language } from '@/stores/preferences'

export type Face = 'console' | 'portal'
type Messages = Record<string, unknown>

/** One language of one face is one file. */
const loaders: Record<Face, Record<Language, () => Promise<{ default: Messages }>>> = {
  console: {
    'zh-CN': () => import('@/locales/zh-CN/console'),
    en: () => import('@/locales/en/console'),
  },
  portal: {
    'zh-CN': () => import('@/locales/zh-CN/portal'),
    en: () => import('@/locales/en/portal'),
  },
}

export type Translations = I18n<Record<string, never>, Record<string, never>, Record<string, never>, string, false>

export function createTranslations(language: Language): Translations {
  return createI18n({
    legacy: false,
    locale: language,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
    messages: {},
  }) as unknown as Translations
}

/** Loads a language where it is not there yet, and switches to it in place. */
export async function speak(translations: Translations, face: Face, language: Language): Promise<void> {
  if (!translations.global.availableLocales.includes(language as never)) {
    const loaded = await loaders[face][language]()
    translations.global.setLocaleMessage(language, loaded.default as never)
  }
  translations.global.locale.value = language
  document.documentElement.lang = language
}
