import { Boxes, Tags } from '@lucide/vue'
import type { AreaRoute } from '../area'

export default [
  {
    path: 'models',
    name: 'models',
    title: 'models.title',
    group: 'relay',
    order: 4,
    icon: Boxes,
    feature: 'relay',
    component: () => import('@/views/console/models/ModelsPage.vue'),
  },
  {
    path: 'prices',
    name: 'prices',
    title: 'prices.title',
    group: 'relay',
    order: 5,
    icon: Tags,
    feature: 'relay',
    component: () => import('@/views/console/prices/PricesPage.vue'),
  },
] satisfies AreaRoute[]
