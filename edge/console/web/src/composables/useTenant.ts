import { computed } from 'vue'
import { useRoute } from 'vue-router'

/** The tenant from whose point of view is looked; empty for all of them. It stands in the address. */
export function useTenant() {
  const route = useRoute()
  return computed(() => {
    const given = route.query.tenant
    return String((Array.isArray(given) ? given[0] : given) ?? '')
  })
}
