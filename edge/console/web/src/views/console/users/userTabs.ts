import { defineAsyncComponent, type Component } from 'vue'
import type { LocationQuery } from 'vue-router'

export interface UserTab {
  /** Stands in the address, and names its words below `user.tabs`. */
  name: string
  component: Component
}

/** What is asked about a user, the most frequent first. */
export const TABS: readonly UserTab[] = [
  { name: 'balance', component: defineAsyncComponent(() => import('./tabs/BalanceExplained.vue')) },
  { name: 'call', component: defineAsyncComponent(() => import('./tabs/CanTheyCall.vue')) },
  { name: 'requests', component: defineAsyncComponent(() => import('./tabs/UserRequests.vue')) },
  { name: 'keys', component: defineAsyncComponent(() => import('./tabs/UserKeys.vue')) },
  { name: 'accounts', component: defineAsyncComponent(() => import('./tabs/UserAccounts.vue')) },
  { name: 'recharges', component: defineAsyncComponent(() => import('./tabs/UserRecharges.vue')) },
  { name: 'grants', component: defineAsyncComponent(() => import('./tabs/UserGrants.vue')) },
  { name: 'limits', component: defineAsyncComponent(() => import('./tabs/UserLimits.vue')) },
  { name: 'subscription', component: defineAsyncComponent(() => import('./tabs/UserSubscription.vue')) },
  { name: 'member', component: defineAsyncComponent(() => import('./tabs/UserMember.vue')) },
  { name: 'points', component: defineAsyncComponent(() => import('./tabs/UserPoints.vue')) },
  { name: 'rewards', component: defineAsyncComponent(() => import('./tabs/UserRewards.vue')) },
  { name: 'devices', component: defineAsyncComponent(() => import('./tabs/UserDevices.vue')) },
  { name: 'facts', component: defineAsyncComponent(() => import('./tabs/UserFacts.vue')) },
  { name: 'audit', component: defineAsyncComponent(() => import('./tabs/UserAudit.vue')) },
]

export function tabOf(given: LocationQuery[string] | undefined): UserTab {
  const first = TABS[0] as UserTab
  return TABS.find((tab) => tab.name === given) ?? first
}
