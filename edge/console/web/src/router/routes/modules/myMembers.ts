import { CreditCard, HandHeart, Network, WalletMinimal } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'team',
    name: 'myTeam',
    title: 'myTeam.title',
    group: 'merchants',
    order: 12,
    icon: Network,
    feature: 'merchant',
    component: () => import('@/views/portal/members/TeamPage.vue'),
  },
  {
    path: 'points',
    name: 'myPoints',
    title: 'myPoints.title',
    group: 'merchants',
    order: 13,
    icon: CreditCard,
    feature: 'merchant',
    component: () => import('@/views/portal/members/PointsPage.vue'),
  },
  {
    path: 'rewards',
    name: 'myRewards',
    title: 'myRewards.title',
    group: 'merchants',
    order: 14,
    icon: HandHeart,
    feature: 'merchant',
    component: () => import('@/views/portal/members/RewardsPage.vue'),
  },
  {
    path: 'withdrawals',
    name: 'myWithdrawals',
    title: 'myWithdrawals.title',
    group: 'merchants',
    order: 15,
    icon: WalletMinimal,
    feature: 'merchant',
    component: () => import('@/views/portal/members/WithdrawalsPage.vue'),
  },
] satisfies AreaRoute[]
