import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { components } from '@/api/generated/schema'

type MyKey = components['schemas']['MyKey']

/** The secret of the key that was made last: in the memory of this tab only, gone with a reload. */
export const useFreshKey = defineStore('freshKey', () => {
  const secret = ref('')
  const key = ref<MyKey>()

  function keep(made: string, of: MyKey): void {
    secret.value = made
    key.value = of
  }

  function drop(): void {
    secret.value = ''
    key.value = undefined
  }

  return { secret, key, keep, drop }
})
