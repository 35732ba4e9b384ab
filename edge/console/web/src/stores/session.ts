import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from '@/api/client'
import { ApiError } from '@/api/errors'
import type { components } from '@/api/generated/schema'
import { forgetKept } from '@/composables/kept'
import type { Face } from '@/i18n'

type Admin = components['schemas']['Me']['data']
type User = components['schemas']['MyProfile']
/** What an administrator may do, as the server names it. */
export type Permission = components['schemas']['AdminPermission']

/** Who is signed in at this face. The session itself is a cookie that no script reads. */
export const useSession = defineStore('session', () => {
  const face = ref<Face>('console')
  const admin = ref<Admin>()
  const user = ref<User>()
  const isKnown = ref(false)
  const isSignedIn = computed(() => (face.value === 'console' ? admin.value !== undefined : user.value !== undefined))
  const features = computed(() => (face.value === 'console' ? admin.value?.features : user.value?.features) ?? [])

  /** Asks whose session it is; nobody's is no error. */
  async function ask(): Promise<void> {
    try {
      if (face.value === 'console') admin.value = (await api.get('/api/auth/me')).data
      else user.value = (await api.get('/api/v1/me')).data
      isKnown.value = true
    } catch (cause) {
      if (!(cause instanceof ApiError) || (cause.status !== 401 && cause.status !== 403)) throw cause
      forget()
    }
  }

  function forget(): void {
    admin.value = undefined
    user.value = undefined
    isKnown.value = true
  }

  async function leave(): Promise<void> {
    if (face.value === 'console') await api.post('/api/auth/logout')
    else await api.post('/api/v1/auth/logout')
    forgetKept()
    forget()
  }

  /** Whether an administrator may do something; the server decides all the same. */
  function may(permission: Permission | undefined): boolean {
    return permission === undefined || (admin.value?.permissions.includes(permission) ?? false)
  }

  /** Which roles may. */
  function holders(permission: Permission): readonly Admin['role'][] {
    return admin.value?.holders[permission] ?? []
  }

  function has(feature: string | undefined): boolean {
    return feature === undefined || features.value.includes(feature)
  }

  return { face, admin, user, isKnown, isSignedIn, features, ask, forget, leave, may, holders, has }
})
