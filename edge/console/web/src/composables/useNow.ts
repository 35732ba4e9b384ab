import { readonly, ref } from 'vue'

const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 15_000)

/** The time, to a quarter of a minute: one clock for everything that tells how long ago. */
export function useNow() {
  return readonly(now)
}
