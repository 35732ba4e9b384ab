import { createRouter, createWebHistory } from 'vue-router'
import { guard } from './guard'
import { recordOf, type AreaRoute } from './routes/area'

const modules = import.meta.glob<{ default: AreaRoute[]; open?: AreaRoute[] }>('./routes/modules/my*.ts', { eager: true })

/** Every page of the portal that needs a session. */
export const portalAreas: AreaRoute[] = Object.values(modules).flatMap((module) => module.default)
/** Those before a session: sign-in, registration. */
const openAreas: AreaRoute[] = Object.values(modules).flatMap((module) => module.open ?? [])

export function createPortalRouter() {
  const router = createRouter({
    history: createWebHistory('/portal/'),
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
    routes: [
      ...openAreas.map((area) => ({
        path: `/${area.path}`,
        component: () => import('@/layouts/SignInLayout.vue'),
        children: [{ ...recordOf(area), path: '', meta: { area, open: true } }],
      })),
      {
        path: '/',
        component: () => import('@/layouts/PortalLayout.vue'),
        children: [
          ...portalAreas.map(recordOf),
          { path: '/:rest(.*)*', name: 'gone', component: () => import('@/views/shared/GonePage.vue') },
        ],
      },
    ],
  })
  guard(router)
  return router
}
