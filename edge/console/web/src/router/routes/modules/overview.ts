import { LayoutDashboard } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: '',
    name: 'overview',
    title: 'overview.title',
    group: 'start',
    icon: LayoutDashboard,
    key: 'o',
    component: () => import('@/views/console/overview/OverviewPage.vue'),
  },
] satisfies AreaRoute[]
