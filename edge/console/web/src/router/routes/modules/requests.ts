import { ScrollText } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'requests',
    name: 'requests',
    title: 'requests.title',
    group: 'relay',
    order: 1,
    icon: ScrollText,
    feature: 'relay',
    key: 'r',
    component: () => import('@/views/console/requests/RequestsPage.vue'),
  },
  {
    path: 'requests/:id',
    name: 'request',
    title: 'request.title',
    feature: 'relay',
    component: () => import('@/views/console/requests/RequestPage.vue'),
  },
] satisfies AreaRoute[]
