import { readonly, ref } from 'vue'

const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 640px)') : undefined
const narrow = ref(query?.matches ?? false)
query?.addEventListener('change', (change) => (narrow.value = change.matches))

/** Whether there is room for a phone's layout only. */
export function useNarrow() {
  return readonly(narrow)
}
