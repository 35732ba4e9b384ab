import type { LocationQuery } from 'vue-router'
import type { Query } from '@/api/client'
import type { ListDefinition } from '@/components/table/list'
import { RANGES, startOf, type Range } from '@/composables/time'

export const SIZES = [20, 50, 100] as const

/** What decides what a list shows: all of it stands in the address of the page. */
export interface ListState {
  page: number
  size: number
  sort: string
  range: Range | ''
  start: string
  end: string
  open: string
  filters: Record<string, string>
}

type AnyList = Pick<ListDefinition<never>, 'filters' | 'range' | 'ends' | 'sort' | 'fixed' | 'tenants' | 'whole'>

function one(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

export function readAddress(list: AnyList, query: LocationQuery): ListState {
  const page = Number(one(query.page))
  const size = Number(one(query.size))
  const range = one(query.range)
  const start = one(query.start)
  const end = one(query.end)
  const filters: Record<string, string> = {}
  for (const filter of list.filters) {
    const value = one(query[filter.name])
    if (value !== '') filters[filter.name] = value
  }
  const preset = (RANGES as readonly string[]).includes(range) ? (range as Range) : ''
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    size: (SIZES as readonly number[]).includes(size) ? size : SIZES[0],
    sort: one(query.sort) || (list.sort ?? ''),
    range: start || end ? '' : preset || (range === 'all' ? '' : (list.range ?? '')),
    start,
    end,
    open: one(query.open),
    filters,
  }
}

/** The state as an address; what is as at first is left out, what is not the list's own stays. */
export function writeAddress(list: AnyList, state: ListState, before: LocationQuery): LocationQuery {
  const own = new Set(['page', 'size', 'sort', 'range', 'start', 'end', 'open', ...list.filters.map((each) => each.name)])
  const query: LocationQuery = {}
  for (const [name, value] of Object.entries(before)) if (!own.has(name)) query[name] = value
  if (state.start || state.end) {
    if (state.start) query.start = state.start
    if (state.end) query.end = state.end
  } else if (state.range !== (list.range ?? '')) query.range = state.range || 'all'
  Object.assign(query, state.filters)
  if (state.sort && state.sort !== (list.sort ?? '')) query.sort = state.sort
  if (state.size !== SIZES[0]) query.size = String(state.size)
  if (state.page > 1) query.page = String(state.page)
  if (state.open) query.open = state.open
  return query
}

/** The same as the API is asked for it. */
export function askFor(list: AnyList, state: ListState, now: number, tenant: string): Query {
  const query: Query = { ...list.fixed, ...(list.whole ? {} : { page: state.page, page_size: state.size }) }
  for (const filter of list.filters) {
    const value = state.filters[filter.name]
    if (value !== undefined) query[filter.api ?? filter.name] = value
  }
  if (state.sort) query.sort = state.sort
  const [start, end] = list.ends ?? ['start', 'end']
  if (state.start || state.end) {
    query[start] = state.start
    query[end] = state.end
  } else if (state.range) query[start] = startOf(state.range, now)
  if (list.tenants && tenant) query.tenant_id = tenant
  return query
}
