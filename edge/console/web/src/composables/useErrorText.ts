import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'

/** What an error says in the language of whoever looks: by its code, else the server's sentence. */
export function useErrorText() {
  const { t, te } = useI18n()
  return {
    sentence(error: unknown): string {
      if (!(error instanceof ApiError)) return t('errors.UNEXPECTED')
      // what was given and what was expected is in the server's sentence only
      const exact = error.code === 'INVALID_REQUEST' || error.code === 'MALFORMED_BODY'
      return !exact && te(`errors.${error.code}`) ? t(`errors.${error.code}`) : error.sentence
    },
    remedy(error: unknown): string {
      if (!(error instanceof ApiError)) return ''
      return te(`errors.remedy.${error.code}`) ? t(`errors.remedy.${error.code}`) : (error.details ?? '')
    },
  }
}
