import { Gauge, KeyRound } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'keys',
    name: 'keys',
    title: 'keys.title',
    group: 'relay',
    order: 6,
    icon: KeyRound,
    feature: 'relay',
    key: 'k',
    component: () => import('@/views/console/keys/KeysPage.vue'),
  },
  {
    path: 'spend-limits',
    name: 'limits',
    title: 'limits.title',
    group: 'relay',
    order: 7,
    icon: Gauge,
    feature: 'relay',
    component: () => import('@/views/console/limits/LimitsPage.vue'),
  },
] satisfies AreaRoute[]
