// SPDX-License-Identifier: Apache-2.0
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ApiError } from '../../packages/api/client'
import type { ImportDecisions, ImportPurpose, Preview, PreviewRow, SheetColumn, SheetSource } from '../../packages/api/desk'
import { FileRefused } from '../../packages/sheets/read-xlsx'
import { useHouse } from './stores/house'

const rowsAtOnce = 200
const decisionsNone = (): ImportDecisions => ({ columns: {}, corrections: [], left_out: [], accepted: [], synthetic_ids: false })

/** Bytes as base64, in pieces: a file of 64 MB is too long for one call. */
export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

/** A file as the server wants it: CSV in its own bytes, for only the server knows its encodings; a workbook as rows. */
export async function sheetOf(file: File): Promise<SheetSource> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const isArchive = start[0] === 0x50 && start[1] === 0x4b
  const isOld = start[0] === 0xd0 && start[1] === 0xcf
  if (isOld) throw new FileRefused('old_spreadsheet')
  if (!isArchive) {
    if (file.size > 64 * 1024 * 1024) throw new FileRefused('too_big', { most: 64 })
    return { bytes: base64(new Uint8Array(await file.arrayBuffer())) }
  }
  const { readXlsxFile } = await import('../../packages/sheets/read-file')
  return { rows: (await readXlsxFile(file)).rows }
}

function makeRoster() {
  const house = useHouse()
  const purpose = ref<ImportPurpose>('members')
  const organisation = ref('')
  const fileName = ref('')
  const sheet = shallowRef<SheetSource | null>(null)
  const decisions = ref<ImportDecisions>(decisionsNone())
  const preview = shallowRef<Preview | null>(null)
  const rows = computed<readonly PreviewRow[]>(() => preview.value?.rows ?? [])
  /** Where the pages up to the one that is shown begin. */
  const starts = ref<readonly number[]>([0])
  const only = ref<'all' | 'problems' | 'findings'>('problems')
  const units = ref<Record<string, string>>({})
  const busy = ref(false)
  const refusal = shallowRef<ApiError | FileRefused | null>(null)

  function take(error: unknown): void {
    if (error instanceof FileRefused) refusal.value = error
    else if (error instanceof ApiError && error.status !== 401) refusal.value = error
    else house.tell(error)
  }
  async function ask(after: number): Promise<Preview | null> {
    if (sheet.value === null || organisation.value === '') return null
    return house.client.preview({
      purpose: purpose.value,
      organisation: organisation.value,
      file: fileName.value,
      sheet: sheet.value,
      ...decisions.value,
      after,
      limit: rowsAtOnce,
      only: only.value,
    })
  }
  /** Reads the file again with everything that was decided so far, and shows the page that begins last in `from`. */
  async function look(from: readonly number[] = starts.value): Promise<void> {
    busy.value = true
    refusal.value = null
    try {
      let pages = from
      let found = await ask(pages.at(-1) ?? 0)
      // What was decided may have emptied the last page.
      while (found !== null && found.rows.length === 0 && pages.length > 1) {
        pages = pages.slice(0, -1)
        found = await ask(pages.at(-1) ?? 0)
      }
      preview.value = found
      starts.value = pages
      for (const unit of found?.units ?? []) if (unit.organisation !== null) units.value[unit.text] ??= unit.organisation
    } catch (error) {
      take(error)
    } finally {
      busy.value = false
    }
  }
  async function nextPage(): Promise<void> {
    const after = preview.value?.next ?? null
    if (after !== null) await look([...starts.value, after])
  }
  async function previousPage(): Promise<void> {
    if (starts.value.length > 1) await look(starts.value.slice(0, -1))
  }
  async function open(file: File): Promise<void> {
    busy.value = true
    refusal.value = null
    preview.value = null
    decisions.value = { ...decisionsNone(), synthetic_ids: decisions.value.synthetic_ids }
    units.value = {}
    try {
      sheet.value = await sheetOf(file)
      fileName.value = file.name
    } catch (error) {
      sheet.value = null
      take(error)
    } finally {
      busy.value = false
    }
    if (sheet.value !== null) await look([0])
  }
  function decide(change: Partial<ImportDecisions>): Promise<void> {
    decisions.value = { ...decisions.value, ...change }
    return look()
  }
  const correct = (line: number, column: SheetColumn, text: string): Promise<void> =>
    decide({ corrections: [...decisions.value.corrections.filter((each) => each.line !== line || each.column !== column), { line, column, text }] })
  const leaveOut = (line: number, out: boolean): Promise<void> =>
    decide({ left_out: out ? [...decisions.value.left_out, line] : decisions.value.left_out.filter((each) => each !== line) })
  const accept = (line: number, finding: string): Promise<void> => decide({ accepted: [...decisions.value.accepted, { line, finding }] })
  const map = (at: number, column: SheetColumn): Promise<void> => decide({ columns: { ...decisions.value.columns, [String(at)]: column } })

  function forget(): void {
    sheet.value = null
    preview.value = null
    starts.value = [0]
    fileName.value = ''
    decisions.value = decisionsNone()
    units.value = {}
    refusal.value = null
  }
  const ready = computed(() => preview.value?.summary.ready === true)
  return { purpose, organisation, fileName, sheet, decisions, preview, rows, starts, only, units, busy, refusal, ready, look, nextPage, previousPage, open, decide, correct, leaveOut, accept, map, forget, ask }
}

/** The import that is under way. One for members and one for delegates: they are different files. */
export const useMembersRoster = defineStore('members-roster', makeRoster)
export const useDelegatesRoster = defineStore('delegates-roster', makeRoster)
export type Roster = ReturnType<typeof useMembersRoster> | ReturnType<typeof useDelegatesRoster>
