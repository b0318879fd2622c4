// SPDX-License-Identifier: Apache-2.0
// An XLSX file as rows of text. What is read was made by others: nothing is unpacked before its size is known to be
// sane, and a formula is text.

/** Why a file is no roster; the names are keys of `console.import.refused.*`. */
export type FileRefusal =
  | 'too_big' | 'no_spreadsheet' | 'old_spreadsheet' | 'bomb' | 'cell_too_long' | 'too_many_rows' | 'too_many_columns' | 'took_too_long'
/** A number stays a number, so that the server knows a rounded identity number from one that was typed as text. */
export type SheetCell = string | number | null

export class FileRefused extends Error {
  constructor(
    readonly why: FileRefusal,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(why)
    this.name = 'FileRefused'
  }
}

export interface SheetRows {
  readonly name: string
  readonly rows: readonly (readonly SheetCell[])[]
}

export const limits = {
  /** Of the file as it lies on disk. */
  fileBytes: 64 * 1024 * 1024,
  /** Of all parts unpacked; 200,000 rows of members need some 150 MB. */
  unpackedBytes: 400 * 1024 * 1024,
  /** XML packs well, but not a thousand to one. */
  ratio: 200,
  /** Below this a high ratio harms nobody. */
  ratioFrom: 10 * 1024 * 1024,
  entries: 2000,
  cellCharacters: 4096,
  rows: 250_000,
  columns: 256,
} as const

const byte = (data: Uint8Array, at: number): number => data[at] ?? 0
const u16 = (data: Uint8Array, at: number): number => byte(data, at) | (byte(data, at + 1) << 8)
const u32 = (data: Uint8Array, at: number): number => (u16(data, at) | (u16(data, at + 2) << 16)) >>> 0

interface Entry {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
}

/** The central directory of a ZIP file, or null where there is none. Reads only what the file says of itself. */
export function zipEntries(data: Uint8Array): readonly Entry[] | null {
  const least = 22
  let end = -1
  for (let at = data.length - least; at >= 0 && at >= data.length - least - 65_535; at--) {
    if (u32(data, at) === 0x06054b50) {
      end = at
      break
    }
  }
  if (end < 0) return null
  const count = u16(data, end + 10)
  let at = u32(data, end + 16)
  const entries: Entry[] = []
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index++) {
    if (at + 46 > data.length || u32(data, at) !== 0x02014b50) return null
    const nameLength = u16(data, at + 28)
    entries.push({
      name: decoder.decode(data.subarray(at + 46, at + 46 + nameLength)),
      packed: u32(data, at + 20),
      unpacked: u32(data, at + 24),
    })
    at += 46 + nameLength + u16(data, at + 30) + u16(data, at + 32)
  }
  return entries
}

/** Refuses what is no spreadsheet, and what would unpack into more than this page can hold. */
export function mustBeSane(data: Uint8Array): void {
  if (data.length > limits.fileBytes) throw new FileRefused('too_big', { most: limits.fileBytes / 1024 / 1024 })
  // The mark of the old binary format.
  if (u32(data, 0) === 0xe011cfd0) throw new FileRefused('old_spreadsheet')
  const entries = u32(data, 0) === 0x04034b50 ? zipEntries(data) : null
  if (entries === null || !entries.some((each) => each.name.startsWith('xl/worksheets/'))) throw new FileRefused('no_spreadsheet')
  if (entries.length > limits.entries) throw new FileRefused('bomb')
  let all = 0
  for (const each of entries) {
    all += each.unpacked
    const bomb = each.unpacked > limits.ratioFrom && each.unpacked > limits.ratio * Math.max(1, each.packed)
    // 0xffffffff says that the true size stands elsewhere (ZIP64): a roster never needs that.
    if (bomb || each.unpacked === 0xffffffff || all > limits.unpackedBytes) throw new FileRefused('bomb')
  }
}

const two = (part: number): string => String(part).padStart(2, '0')

function cellOf(cell: unknown): SheetCell {
  if (cell === null || cell === undefined || cell === '') return null
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (cell instanceof Date) return `${cell.getUTCFullYear()}-${two(cell.getUTCMonth() + 1)}-${two(cell.getUTCDate())}`
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return String(cell)
}

/** "AB12" as column and row, from 0. */
export function cellPlace(reference: string): readonly [number, number] | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (match === null) return null
  let column = 0
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return [column - 1, Number(match[2]) - 1]
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) =>
    decimal !== undefined ? String.fromCodePoint(Number(decimal)) : hex !== undefined ? String.fromCodePoint(parseInt(hex, 16)) : (entities[name] ?? whole),
  )

/** The formulas of a sheet's XML by their cells, each as the text that a reader sees when he looks at the cell. */
export function formulasOf(xml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (!xml.includes('<f')) return found
  for (const match of xml.matchAll(/<c\b([^>]*)>\s*<f\b[^>]*?(?:\/>|>([^<]*)<\/f>)/g)) {
    const reference = /\br="([A-Z]+\d+)"/.exec(match[1] ?? '')?.[1]
    if (reference !== undefined) found.set(reference, `=${unescapeXml(match[2] ?? '')}`)
  }
  return found
}

/** Where a text begins that no cell may have; -1 where there is none. Entities and bytes make a text longer than its characters. */
function tooLongText(xml: Uint8Array): number {
  const most = limits.cellCharacters * 8
  for (let at = 0; at < xml.length; ) {
    const next = xml.indexOf(0x3c, at + 1)
    if ((next < 0 ? xml.length : next) - at > most) return at
    if (next < 0) break
    at = next
  }
  return -1
}

/** Refuses a sheet with a text that is senselessly long before anybody reads it as XML, which would take minutes. */
function mustBeShort(sheet: Uint8Array, strings: Uint8Array | undefined, text: (data: Uint8Array) => string): void {
  const refuse = (reference: string | undefined): never => {
    const place = reference === undefined ? null : cellPlace(reference)
    throw place === null ? new FileRefused('bomb') : new FileRefused('cell_too_long', { row: place[1] + 1, column: place[0] + 1, most: limits.cellCharacters })
  }
  const long = tooLongText(sheet)
  if (long >= 0) refuse(/.*<c\b[^>]*\br="([A-Z]+\d+)"/s.exec(text(sheet.subarray(Math.max(0, long - 1000), long + 1000)))?.[1])
  const shared = strings === undefined ? -1 : tooLongText(strings)
  if (strings === undefined || shared < 0) return
  // A text of the common table: the first cell that names it by its number.
  const number = text(strings.subarray(0, shared + 1)).split(/<si\b/).length - 2
  const cells = text(sheet).match(new RegExp(`<c\\b[^>]*>\\s*<v>${number}</v>`, 'g')) ?? []
  refuse(/\br="([A-Z]+\d+)"/.exec(cells.find((cell) => /\bt="s"/.test(cell)) ?? '')?.[1])
}

/**
 * The same XML with the characters beyond U+FFFF, which some programs write as numbers, as themselves: the reader would keep
 * sixteen bits of such a number, and a rare name would become another one.
 */
function withWholeCharacters(xml: Uint8Array, text: (data: Uint8Array) => string): Uint8Array {
  let at = xml.indexOf(0x26)
  while (at >= 0 && byte(xml, at + 1) !== 0x23) at = xml.indexOf(0x26, at + 1)
  if (at < 0) return xml
  const whole = text(xml).replace(/&#(?:(\d{5,7})|[xX]([0-9a-fA-F]{5,6}));/g, (written, decimal, hex) => {
    const point = decimal === undefined ? parseInt(hex, 16) : Number(decimal)
    return point > 0xffff && point <= 0x10ffff ? String.fromCodePoint(point) : written
  })
  return new TextEncoder().encode(whole)
}

/** The first sheet of a workbook as rows of text. Runs in the worker of `read-file.ts`; tests call it directly. */
export async function rowsOfXlsx(data: Uint8Array): Promise<SheetRows> {
  mustBeSane(data)
  const [{ readSheet }, { unzipSync, zipSync, strFromU8 }] = await Promise.all([import('read-excel-file/universal'), import('fflate')])
  const unpacked = (wanted: (name: string) => boolean): Record<string, Uint8Array> => {
    try {
      return unzipSync(data, { filter: (file) => wanted(file.name) })
    } catch {
      throw new FileRefused('no_spreadsheet')
    }
  }
  const { name, path } = firstSheet(unpacked((part) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels)$/.test(part)), strFromU8)
  const parts = unpacked((part) => part === path || (/\.(xml|rels)$/.test(part) && !part.startsWith('xl/worksheets/')))
  const sheet = parts[path]
  if (sheet === undefined) throw new FileRefused('no_spreadsheet')
  mustBeShort(sheet, parts['xl/sharedStrings.xml'], strFromU8)
  for (const part of [path, 'xl/sharedStrings.xml']) {
    const xml = parts[part]
    if (xml !== undefined) parts[part] = withWholeCharacters(xml, strFromU8)
  }
  let cells
  try {
    // What is packed the reader would unpack in workers made of text, which the policy of the page forbids: it would wait for ever.
    cells = await readSheet(zipSync(parts, { level: 0 }).buffer as ArrayBuffer, 1, { trim: false })
  } catch {
    throw new FileRefused('no_spreadsheet')
  }
  if (cells.length > limits.rows) throw new FileRefused('too_many_rows', { most: limits.rows })
  const rows: SheetCell[][] = cells.map((row) => row.map(cellOf))
  for (const [reference, formula] of formulasOf(strFromU8(sheet))) {
    const place = cellPlace(reference)
    if (place === null || place[1] >= limits.rows || place[0] >= limits.columns) continue
    // A formula in an empty row far below is none of the table's.
    if (place[1] > rows.length + 1000) continue
    while (rows.length <= place[1]) rows.push([])
    const row = rows[place[1]] ?? []
    while (row.length <= place[0]) row.push(null)
    row[place[0]] = formula
  }
  rows.forEach((row, index) => {
    while (row.length > 0 && row[row.length - 1] === null) row.pop()
    if (row.length > limits.columns) throw new FileRefused('too_many_columns', { most: limits.columns })
    const long = row.findIndex((cell) => typeof cell === 'string' && cell.length > limits.cellCharacters)
    if (long >= 0) throw new FileRefused('cell_too_long', { row: index + 1, column: long + 1, most: limits.cellCharacters })
  })
  while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop()
  return { name, rows }
}

/** Which part of the package the first sheet is; its order in the workbook decides, not the number in its name. */
function firstSheet(
  parts: Readonly<Record<string, Uint8Array>>,
  text: (data: Uint8Array) => string,
): { readonly name: string; readonly path: string } {
  const read = (name: string): string => (parts[name] === undefined ? '' : text(parts[name]))
  const sheet = /<sheet\b[^>]*>/.exec(read('xl/workbook.xml'))?.[0] ?? ''
  const name = unescapeXml(/\bname="([^"]*)"/.exec(sheet)?.[1] ?? '')
  const id = /\br:id="([^"]+)"/.exec(sheet)?.[1]
  for (const [relationship] of read('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\b[^>]*>/g)) {
    if (id === undefined || !relationship.includes(`Id="${id}"`)) continue
    const target = /\bTarget="([^"]+)"/.exec(relationship)?.[1] ?? ''
    return { name, path: target.startsWith('/') ? target.slice(1) : `xl/${target}` }
  }
  return { name, path: 'xl/worksheets/sheet1.xml' }
}
