import type { RouteLocationRaw } from 'vue-router'
import type { Query } from '@/api/client'
import type { Tone } from '@/components/tone'
import type { Range } from '@/composables/time'

/** How a cell is written; a price or a quantity with as many digits as exchanges have. */
export type CellKind = 'text' | 'id' | 'money' | 'price' | 'count' | 'time' | 'status' | 'duration' | 'flag'

/** One column of a list; labels are keys of translations. */
export interface Column<Row> {
  key: string
  label: string
  kind?: CellKind
  /** What it shows; the row's member of the column's key where it is left out. */
  value?: (row: Row) => unknown
  /** Of money: in which currency. */
  currency?: (row: Row) => string | null
  /** Of a status: how it is drawn. */
  tone?: (row: Row) => Tone
  /** Translations of values: below this key. */
  words?: string
  /** Where its text leads. */
  link?: (row: Row) => RouteLocationRaw | undefined
  /** Among the four of a card on a phone. */
  essential?: boolean
  /** Not shown until somebody chooses it. */
  hidden?: boolean
  width?: string
}

/** One filter of a list. What it is called here is what stands in the address of the page. */
export interface Filter {
  name: string
  label: string
  kind: 'text' | 'number' | 'choice' | 'flag'
  /** What the API calls it, where that differs. */
  api?: string
  /** Values of a choice; their words are below `words`, or the values themselves. */
  choices?: readonly string[]
  words?: string
}

/** A list as data: where it comes from, its columns and filters. AppTable does the rest. */
export interface ListDefinition<Row> {
  /** Names what is remembered of it: its chosen columns. */
  name: string
  path: string
  /** Key of what the rows are called together, for people who hear the table. */
  title: string
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  filters: readonly Filter[]
  /** Always asked with. */
  fixed?: Query
  /** Filtered by time, with this range at first. */
  range?: Range
  /** What the API calls the range's ends, where that is not `start` and `end`. */
  ends?: readonly [string, string]
  /** Columns that the API sorts by; of a list in the order of time there are none. */
  sorts?: readonly (keyof Row & string)[]
  /** Sorting at first, as `-cost`. */
  sort?: string
  /** The page of one row. */
  page?: (row: Row) => RouteLocationRaw
  /** Where the whole of the filter is taken away as CSV; without it the list itself with `format=csv`, where the API has that. */
  csv?: string
  /** All rows come at once: there are no pages. */
  whole?: boolean
  /** Rows are of tenants, so that the selected tenant counts. */
  tenants?: boolean
}
