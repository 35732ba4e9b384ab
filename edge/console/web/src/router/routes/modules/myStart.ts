import { LayoutDashboard } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: '',
    name: 'myOverview',
    title: 'myOverview.title',
    group: 'start',
    order: 1,
    tab: true,
    icon: LayoutDashboard,
    component: () => import('@/views/portal/overview/OverviewPage.vue'),
  },
] satisfies AreaRoute[]

/** Seen without a session. */
export const open = [
  {
    path: 'login',
    name: 'login',
    title: 'signIn.title',
    component: () => import('@/views/portal/signIn/SignInPage.vue'),
  },
] satisfies AreaRoute[]
