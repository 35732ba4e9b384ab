import { Users } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
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
    path: 'users/:id',
    name: 'user',
    title: 'user.title',
    component: () => import('@/views/console/users/UserPage.vue'),
  },
] satisfies AreaRoute[]
