import { api } from '@/api/client'
import type { Face } from '@/i18n'

/** The console for whoever is signed in there and not here; else the portal. */
export async function firstFace(): Promise<Face> {
  const [user, admin] = await Promise.allSettled([api.get('/api/v1/me'), api.get('/api/auth/me')])
  return user.status === 'rejected' && admin.status === 'fulfilled' ? 'console' : 'portal'
}
