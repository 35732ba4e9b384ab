import { useIsFetching } from '@tanstack/vue-query'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useRouter } from 'vue-router'

/** However long a page's own questions take, others do not wait longer. */
const LONGEST_MS = 3_000

/**
 * True once what a page is opened for has been asked and answered: what is only told beside it is asked
 * then, as a browser has six connections to a host and answers come in their order.
 */
export function useAfterPage(): Ref<boolean> {
  const router = useRouter()
  const fetching = useIsFetching()
  const after = ref(false)
  let stop: (() => void) | undefined
  const timer = setTimeout(() => (after.value = true), LONGEST_MS)
  void router.isReady().then(() => {
    // the page's own questions begin when it is drawn
    requestAnimationFrame(() => {
      stop = watch(
        fetching,
        (asked) => {
          if (asked === 0) after.value = true
        },
        { immediate: true },
      )
    })
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop?.()
  })
  return after
}
