import type { Router } from 'vue-router'
import { onSessionLost } from '@/api/client'
import { useSession } from '@/stores/session'

/** Only a path of our own is gone on to after signing in. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/'
}

/** Who is not signed in signs in first, and goes on where they wanted to. */
export function guard(router: Router): void {
  router.beforeEach(async (to, from) => {
    const session = useSession()
    if (!session.isKnown) await session.ask()
    if (!to.meta.open && !session.isSignedIn) {
      return { path: '/login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
    }
    if (to.name === 'login' && session.isSignedIn) return safeNext(to.query.next)
    // the selected tenant goes along
    const tenant = from.query.tenant
    if (tenant && !to.meta.open && to.query.tenant === undefined && from.path !== to.path) {
      return { ...to, query: { ...to.query, tenant } }
    }
    return true
  })
  router.onError((cause, to) => {
    if (isLostChunk(cause)) offerNewVersion(to.fullPath)
  })
  onSessionLost(() => {
    const session = useSession()
    if (!session.isSignedIn) return
    session.forget()
    const at = router.currentRoute.value
    if (!at.meta.open) void router.push({ path: '/login', query: { next: at.fullPath } })
  })
}

function isLostChunk(cause: unknown): boolean {
  return cause instanceof TypeError && /dynamically imported module|Importing a module/i.test(cause.message)
}

/** A page whose files are gone: there is a new version. */
export function offerNewVersion(path: string): void {
  window.dispatchEvent(new CustomEvent('tollgate:new-version', { detail: path }))
}
