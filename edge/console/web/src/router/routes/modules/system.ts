import { History, HeartPulse, Settings, ShieldUser, UserCog } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'health',
    name: 'health',
    title: 'health.title',
    group: 'system',
    order: 1,
    icon: HeartPulse,
    component: () => import('@/views/console/system/HealthPage.vue'),
  },
  {
    path: 'audit-log',
    name: 'auditLog',
    title: 'auditLog.title',
    group: 'system',
    order: 2,
    icon: History,
    component: () => import('@/views/console/system/AuditLogPage.vue'),
  },
  {
    path: 'admins',
    name: 'admins',
    title: 'admins.title',
    group: 'system',
    order: 3,
    icon: ShieldUser,
    permission: 'admins',
    component: () => import('@/views/console/system/AdminsPage.vue'),
  },
  {
    path: 'settings',
    name: 'settings',
    title: 'settings.title',
    group: 'system',
    order: 4,
    icon: Settings,
    permission: 'settings',
    component: () => import('@/views/console/settings/SettingsPage.vue'),
  },
  {
    path: 'profile',
    name: 'profile',
    title: 'profile.title',
    group: 'system',
    order: 5,
    icon: UserCog,
    component: () => import('@/views/console/profile/ProfilePage.vue'),
  },
] satisfies AreaRoute[]
