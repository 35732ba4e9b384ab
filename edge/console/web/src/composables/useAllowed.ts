import type { AreaRoute } from '@/router/routes/area'
import { useSession } from '@/stores/session'

/** Whether a page is there for whoever is signed in: its feature is, and they may see it. */
export function useAllowed() {
  const session = useSession()
  return (area: AreaRoute) => session.has(area.feature) && session.may(area.permission)
}
