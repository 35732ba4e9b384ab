import { useEventListener } from '@vueuse/core'
import { onBeforeRouteLeave } from 'vue-router'
import { useI18n } from 'vue-i18n'
import { useSession } from '@/stores/session'

/**
 * Asks before something that was typed is left, by whatever way. Returns whether it may be closed: at once
 * where nothing changed, or where the session has ended, as it is found so again after signing in.
 */
export function useLeaving(isChanged: () => boolean): () => boolean {
  const { t } = useI18n()
  const session = useSession()
  const mayLeave = () => !isChanged() || !session.isSignedIn || confirm(t('components.leaveForm'))

  onBeforeRouteLeave(() => mayLeave())
  useEventListener(window, 'beforeunload', (event) => {
    if (isChanged()) event.preventDefault()
  })
  return mayLeave
}
