import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { Permission } from '@/stores/session'

/** One page of a face. A page with a group is in the navigation there. */
export interface AreaRoute {
  /** Below the face's root, without a slash before it. */
  path: string
  name: string
  /** Key of its title, which is its name in the navigation too. */
  title: string
  group?: string
  icon?: Component
  /** What of the product it belongs to: without it the page is not there. */
  feature?: string
  /** Who may see it; everybody who is signed in where it is left out. */
  permission?: Permission
  /** Its place in its group, from 1. */
  order?: number
  /** Opens it after `g`. */
  key?: string
  /** On the bar at the foot of a phone (portal). */
  tab?: boolean
  /** An address that opens it with something to see, for the test that visits every page. */
  sample?: string
  component: () => Promise<Component>
}

declare module 'vue-router' {
  interface RouteMeta {
    area?: AreaRoute
    /** Seen without a session. */
    open?: boolean
  }
}

export function recordOf(area: AreaRoute): RouteRecordRaw {
  return { path: `/${area.path}`, name: area.name, component: area.component, meta: { area } }
}
