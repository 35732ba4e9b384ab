import { Building, ChartNoAxesCombined, Users } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'tenants',
    name: 'tenants',
    title: 'tenants.title',
    group: 'customers',
    order: 1,
    icon: Building,
    component: () => import('@/views/console/tenants/TenantsPage.vue'),
  },
  {
    path: 'tenants/:id',
    name: 'tenant',
    title: 'tenants.one',
    component: () => import('@/views/console/tenants/TenantPage.vue'),
  },
  {
    path: 'users',
    name: 'users',
    title: 'users.title',
    group: 'customers',
    order: 2,
    icon: Users,
    key: 'u',
    component: () => import('@/views/console/users/UsersPage.vue'),
  },
  {
    path: 'user-figures',
    name: 'userFigures',
    title: 'userFigures.title',
    group: 'customers',
    order: 3,
    icon: ChartNoAxesCombined,
    feature: 'merchant',
    component: () => import('@/views/console/userFigures/UserFiguresPage.vue'),
  },
  {
    path: 'users/:id',
    name: 'user',
    title: 'user.title',
    component: () => import('@/views/console/users/UserPage.vue'),
  },
] satisfies AreaRoute[]
