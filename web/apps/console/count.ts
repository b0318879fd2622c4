// SPDX-License-Identifier: Apache-2.0
// One teller's count as it is typed, and what doesn't add up in it. The server judges; this spares the teller the way.
import type { ElectionRow } from '../../packages/api/desk'

export interface TypedMarks {
  for: string
  against: string
  abstain: string
}
export interface TypedSheet {
  returned: string
  invalid: string
  illegal: string
  ignored: string
  votes: Record<string, TypedMarks>
  writeIns: { name: string; votes: string }[]
}

export function emptySheet(election: ElectionRow): TypedSheet {
  return {
    returned: '',
    invalid: '0',
    illegal: '0',
    ignored: '0',
    votes: Object.fromEntries(election.candidates.map((each) => [each.id, { for: '', against: '', abstain: '' }])),
    writeIns: [],
  }
}

export const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null)

/** Valid ballots by the figures above the table; null while one of them is missing. */
export function validBallots(sheet: TypedSheet): number | null {
  const all = [sheet.returned, sheet.invalid, sheet.illegal, sheet.ignored].map(whole)
  if (all.some((each) => each === null)) return null
  const [returned = 0, invalid = 0, illegal = 0, ignored = 0] = all as number[]
  return returned - invalid - illegal - ignored
}

/** For and against and abstain of one name, as far as they are typed; null where one that the paper offers is missing. */
export function sumOf(marks: TypedMarks, columns: ElectionRow['columns']): number | null {
  const wanted = [marks.for, ...(columns.against ? [marks.against] : []), ...(columns.abstain ? [marks.abstain] : [])].map(whole)
  return wanted.some((each) => each === null) ? null : (wanted as number[]).reduce((sum, each) => sum + each, 0)
}

/** The candidates whose marks are not as many as the valid ballots, where the paper offers all three and so must. */
export function unbalanced(sheet: TypedSheet, election: ElectionRow): readonly string[] {
  const valid = validBallots(sheet)
  if (valid === null || !election.columns.against || !election.columns.abstain) return []
  return election.candidates.filter((each) => {
    const marks = sheet.votes[each.id]
    const sum = marks === undefined ? null : sumOf(marks, election.columns)
    return sum !== null && sum !== valid
  }).map((each) => each.id)
}

export function incomplete(sheet: TypedSheet, election: ElectionRow): boolean {
  return (
    validBallots(sheet) === null ||
    election.candidates.some((each) => sumOf(sheet.votes[each.id] ?? { for: '', against: '', abstain: '' }, election.columns) === null) ||
    sheet.writeIns.some((each) => each.name.trim() === '' || whole(each.votes) === null)
  )
}

/** What is sent: the sheet of docs/formats/desk.md. */
export function sheetOf(sheet: TypedSheet, election: ElectionRow): Record<string, unknown> {
  return {
    returned: whole(sheet.returned),
    invalid: whole(sheet.invalid),
    illegal: whole(sheet.illegal) ?? 0,
    ignored: whole(sheet.ignored) ?? 0,
    votes: election.candidates.map((each) => {
      const marks = sheet.votes[each.id]
      return {
        candidate: each.id,
        in_favour: whole(marks?.for ?? ''),
        ...(election.columns.against ? { against: whole(marks?.against ?? '') } : {}),
        ...(election.columns.abstain ? { abstain: whole(marks?.abstain ?? '') } : {}),
      }
    }),
    write_ins: sheet.writeIns.map((each) => ({ name: each.name.trim(), votes: whole(each.votes) })),
  }
}
