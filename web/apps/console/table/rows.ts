// SPDX-License-Identifier: Apache-2.0
// What a table does with its rows, without the page: filter, sort, cut into pages, turn into a file.
import type { Cell, Table } from '../../../packages/sheets/table'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** What stands in the cell; it is also what is searched, sorted and exported. */
  readonly value: (row: Row) => Cell
  /** Sort by this instead, where what is read does not sort as people expect. */
  readonly order?: (row: Row) => Cell
  /** Offered as a filter of its own, with the values that occur. */
  readonly facet?: boolean
  /** Only in the drawer and in files. */
  readonly hidden?: boolean
}

export interface Sorting {
  readonly key: string
  readonly down: boolean
}

/** Ignoring case, width of figures and letters, and how marks are composed. */
export const plain = (text: string): string => text.normalize('NFKC').toLocaleLowerCase()

/** The rows in which every word of the search stands somewhere, and every facet has its value. */
export function filtered<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  search: string,
  facets: Readonly<Record<string, string>>,
): readonly Row[] {
  const words = plain(search).split(/\s+/).filter((word) => word !== '')
  const wanted = Object.entries(facets).filter(([, value]) => value !== '')
  if (words.length === 0 && wanted.length === 0) return rows
  const byKey = new Map(columns.map((column) => [column.key, column]))
  return rows.filter((row) => {
    for (const [key, value] of wanted) if (String(byKey.get(key)?.value(row) ?? '') !== value) return false
    if (words.length === 0) return true
    const all = plain(columns.map((column) => String(column.value(row) ?? '')).join('\n'))
    return words.every((word) => all.includes(word))
  })
}

/** Numbers by size, texts as the language orders them, with figures in them by size; empty cells last either way. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null, language: string): readonly Row[] {
  const column = columns.find((each) => each.key === sorting?.key)
  if (sorting === null || column === undefined) return rows
  const { compare } = new Intl.Collator(language, { numeric: true })
  const key = column.order ?? column.value
  const turn = sorting.down ? -1 : 1
  const empty = (cell: Cell): boolean => cell === null || cell === ''
  return rows
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => {
      if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b))
      return turn * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)))
    })
    .map(([, row]) => row)
}

export const pagesOf = (count: number, size: number): number => Math.max(1, Math.ceil(count / size))

export function tableOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return {
    name,
    headings: columns.map((column) => column.title),
    rows: rows.map((row) => columns.map((column) => column.value(row))),
  }
}
