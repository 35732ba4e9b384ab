import { Building2, CloudCog } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'providers',
    name: 'providers',
    title: 'providers.title',
    group: 'relay',
    order: 2,
    icon: Building2,
    feature: 'relay',
    component: () => import('@/views/console/providers/ProvidersPage.vue'),
  },
  {
    path: 'accounts',
    name: 'accounts',
    title: 'accounts.title',
    group: 'relay',
    order: 3,
    icon: CloudCog,
    feature: 'relay',
    key: 'a',
    component: () => import('@/views/console/accounts/AccountsPage.vue'),
  },
  {
    path: 'accounts/:id',
    name: 'account',
    title: 'account.title',
    feature: 'relay',
    component: () => import('@/views/console/accounts/AccountPage.vue'),
  },
] satisfies AreaRoute[]
