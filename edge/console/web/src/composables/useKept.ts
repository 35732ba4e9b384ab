import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { readJson, writeJson } from '@/api/json'
import { KEPT } from '@/composables/kept'
import { useSession } from '@/stores/session'

function read<T>(place: string, initial: T): T {
  try {
    const text = sessionStorage.getItem(place)
    return text === null ? initial : (readJson(text) as T)
  } catch {
    return initial
  }
}

function write(place: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, text)
  } catch {
    // a browser that keeps nothing forgets it with a reload
  }
}

/**
 * Something of a page that a reload and signing in again do not lose: which form is open, and what was
 * typed there. Kept in this tab, for whoever is signed in; gone with the page that is left. No secrets.
 */
export function useKept<T>(name: string, initial: T): Ref<T> {
  const session = useSession()
  const who = session.face === 'console' ? session.admin?.username : session.user?.user_id
  const place = `${KEPT}${session.face}:${who ?? ''}:${useRoute().path}:${name}`
  const first = writeJson(initial)
  const value = ref(read(place, initial)) as Ref<T>
  watch(
    value,
    (now) => {
      const text = writeJson(now)
      write(place, text === first ? undefined : text)
    },
    { deep: true, flush: 'sync' },
  )
  onScopeDispose(() => {
    // whose session has ended comes back to it
    if (session.isSignedIn) write(place, undefined)
  })
  return value
}
