// SPDX-License-Identifier: Apache-2.0
// The rows of a roster as the delegates that a unit reports.
import type { PreviewRow, UnitRow } from '../../packages/api/desk'

const bare = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').replace(/代表[团團]$/, '')

/** The unit that a row belongs to, by the unit's name in any language or by its id; null where none bears it. */
export function unitOf(row: PreviewRow, units: readonly UnitRow[]): string | null {
  const text = bare(row.unit)
  return units.find((unit) => unit.id === text || Object.values(unit.name).some((name) => bare(name) === text))?.id ?? null
}

const headWords = /(^|[\s,，;；、])(团长|團長|head|head of delegation)($|[\s,，;；、])/i
const managerWords = new Set(['管理人员', '管理人員'])
const sexes: Readonly<Record<string, string>> = { 男: 'male', 女: 'female', male: 'male', female: 'female' }

export interface ReportedDelegate {
  readonly id: string
  readonly unit: string
  readonly category: string
  readonly manager: boolean
  readonly head: boolean
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly post: string
}

/** Delegate 17 of the roster is d017, as the register's mandates know it. */
export const delegateId = (number: number): string => `d${String(number).padStart(3, '0')}`

export function delegatesOf(rows: readonly PreviewRow[], unit: string): readonly ReportedDelegate[] {
  return rows.map((row) => ({
    id: delegateId(numberOf(row)),
    unit,
    category: row.category,
    manager: managerWords.has(row.category),
    head: headWords.test(row.remark),
    name: row.name,
    sex: sexes[row.sex] ?? '',
    birth: row.birth,
    post: row.post,
  }))
}

/** The number in the roster; its row where the sheet has none. */
function numberOf(row: PreviewRow): number {
  return row.number > 0 ? row.number : row.row
}
