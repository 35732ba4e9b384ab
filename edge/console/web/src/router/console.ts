import { createRouter, createWebHistory } from 'vue-router'
import { guard } from './guard'
import { recordOf, type AreaRoute } from './routes/area'

const modules = import.meta.glob<{ default: AreaRoute[] }>(['./routes/modules/*.ts', '!./routes/modules/my*.ts'], {
  eager: true,
})

/** Every page of the console, in the order of the areas' groups. */
export const consoleAreas: AreaRoute[] = Object.values(modules).flatMap((module) => module.default)

export function createConsoleRouter() {
  const router = createRouter({
    history: createWebHistory('/console/'),
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
    routes: [
      { path: '/login', name: 'login', component: () => import('@/views/console/signIn/SignInPage.vue'), meta: { open: true } },
      {
        path: '/sign-on/:provider',
        name: 'sign-on',
        component: () => import('@/views/console/signIn/SignOnPage.vue'),
        meta: { open: true },
      },
      {
        path: '/',
        component: () => import('@/layouts/ConsoleLayout.vue'),
        children: [
          ...consoleAreas.map(recordOf),
          ...(import.meta.env.DEV
            ? [{ path: '/gallery', name: 'gallery', component: () => import('@/views/console/gallery/GalleryPage.vue') }]
            : []),
          { path: '/:rest(.*)*', name: 'gone', component: () => import('@/views/shared/GonePage.vue') },
        ],
      },
    ],
  })
  guard(router)
  return router
}
