import type { ListDefinition } from '@/components/table/list'
import type { UserRow } from './userList'

/** A list as it is for one user: asked for theirs only, without the column and the filter of the user. */
export function ofUser<Row>(
  list: ListDefinition<Row>,
  user: UserRow,
  more: Partial<ListDefinition<Row>> = {},
): ListDefinition<Row> {
  return {
    ...list,
    name: `user-${list.name}`,
    tenants: false,
    fixed: { ...list.fixed, user_id: user.id },
    columns: list.columns.filter((column) => column.key !== 'user_id' && column.key !== 'tenant_id'),
    filters: list.filters.filter((filter) => filter.name !== 'user'),
    ...more,
  }
}
