import { LayoutDashboard, Rocket } from '@lucide/vue'
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
  {
    path: 'quick-start',
    name: 'myQuickStart',
    title: 'myQuickStart.title',
    group: 'start',
    order: 2,
    icon: Rocket,
    feature: 'relay',
    component: () => import('@/views/portal/quickStart/QuickStartPage.vue'),
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
  {
    path: 'register',
    name: 'register',
    title: 'mySignIn.registerTitle',
    component: () => import('@/views/portal/signIn/RegisterPage.vue'),
  },
  {
    path: 'verify',
    name: 'verify',
    title: 'mySignIn.verifyTitle',
    component: () => import('@/views/portal/signIn/VerifyPage.vue'),
  },
  {
    path: 'forgot',
    name: 'forgot',
    title: 'mySignIn.forgotTitle',
    component: () => import('@/views/portal/signIn/ForgotPage.vue'),
  },
  {
    path: 'reset',
    name: 'reset',
    title: 'mySignIn.resetTitle',
    component: () => import('@/views/portal/signIn/ResetPage.vue'),
  },
  {
    path: 'sign-on/:provider',
    name: 'signOn',
    title: 'signIn.signOn',
    sample: 'sign-on/none',
    component: () => import('@/views/portal/signIn/SignOnPage.vue'),
  },
] satisfies AreaRoute[]
