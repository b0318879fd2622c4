// SPDX-License-Identifier: Apache-2.0
// Tables as files: CSV and XLSX, for spreadsheets that may do harm with what stands in a cell.

export type Cell = string | number | null

/** A table as it leaves the page: the headings, and every row with as many cells. */
export interface Table {
  readonly name: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** What a spreadsheet would take for a formula. */
const startsFormula = /^[=+\-@\t\r]/

/** A cell as text that no spreadsheet runs: what looks like a formula gets an apostrophe in front. */
export function harmless(text: string): string {
  return startsFormula.test(text) ? `'${text}` : text
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180 with a byte order mark in front, without which spreadsheets take UTF-8 for something else. */
export function csvText(table: Table): string {
  return `\ufeff${[table.headings, ...table.rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** An XLSX file. Every text is written as text, so that nothing in it is a formula; the writer comes only when it is asked for. */
export async function xlsxBlob(table: Table): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal')
  const heading = table.headings.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const body = table.rows.map((row) =>
    row.map((cell) => {
      if (cell === null || cell === '') return null
      return typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String }
    }),
  )
  return write([heading, ...body], { sheet: sheetName(table.name), stickyRowsCount: 1 }).toBlob()
}

/** What a sheet may be called: 31 characters, none of []:*?/\ . */
export function sheetName(name: string): string {
  const bare = name.replace(/[[\]:*?/\\]/g, ' ').trim()
  return [...bare].slice(0, 31).join('') || '1'
}

/** What a file may be called everywhere. */
export function fileName(name: string, extension: string): string {
  const bare = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ').replace(/\s+/g, ' ').trim()
  return `${[...bare].slice(0, 80).join('') || 'table'}.${extension}`
}
