import { useDebounceFn } from '@vueuse/core'
import { reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readSetup, signOf, writeSetup, type Setup } from './setup'

const TYPING_MS = 250

/** What is chosen on the page, which the address says too: a reload, a copied link and Back find it. */
export function useSetup(): Setup {
  const route = useRoute()
  const router = useRouter()
  const name = route.name
  const setup = reactive(readSetup(route.query))
  const write = useDebounceFn(() => {
    const query = writeSetup(setup, route.query)
    if (route.name === name && signOf(query) !== signOf(route.query)) void router.replace({ query })
  }, TYPING_MS)

  watch(setup, () => void write(), { deep: true })
  watch(
    () => signOf(route.query),
    (sign) => {
      if (route.name === name && sign !== signOf(writeSetup(setup, {}))) Object.assign(setup, readSetup(route.query))
    },
  )
  return setup
}
