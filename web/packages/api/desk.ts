// SPDX-License-Identifier: Apache-2.0
// What the console reads and asks, under the names that the pages use. Every shape is that of schema.d.ts, which is made
// from the server's own description: where the two sides part, a page no longer compiles. In words: docs/formats/desk.md.
import type { components } from './schema'

type Schemas = components['schemas']
/** What came from the server is never changed in place. */
type Read<T> = T extends readonly (infer Each)[] ? readonly Read<Each>[] : T extends object ? { readonly [Key in keyof T]: Read<T[Key]> } : T
type Shown<Name extends keyof Schemas> = Read<Schemas[Name]>

export type From = Schemas['FieldSource']
export type FieldType = Shown<'FieldType'>
export type Field = Shown<'Field'>
export type ActForm = Shown<'Form'>
export type ActForms = Shown<'Forms'>

export type ActName = Schemas['ActName']
/** The fields of an act while a form or a page puts them together; the server reads them strictly. */
export type With = Readonly<Record<string, unknown>>
export interface Asked {
  readonly act: ActName
  readonly congress: string
  readonly with: With
  readonly seen?: number | null
}
export type Receipt = Shown<'Receipt'>
export type Tried = Shown<'Tried'>

export type Desk = Shown<'app.desk.Congress'>
export type RequestRow = Shown<'app.desk.Request'>
export type UnitRow = Shown<'app.desk.Unit'>
export type QuorumMeasured = Shown<'app.desk.Measured'>
export type Sitting = Shown<'app.desk.Sitting'>
export type ResultRow = Shown<'app.desk.Row'>
export type BodyRow = Shown<'app.desk.Body'>
export type AgendaItem = Shown<'app.desk.Item'>
export type QuestionRow = Shown<'app.desk.Question'>
export type DocumentRow = Shown<'app.desk.Document'>
export type Candidate = Shown<'app.desk.Candidate'>
export type WriteInRow = Shown<'app.desk.WriteIn'>
export type ElectionRow = Shown<'app.desk.Election'>
export type ElectionPhase = ElectionRow['phase']

export type DelegateRow = Shown<'app.desk.Delegate'>
export type Delegates = Shown<'app.desk.Delegates'>
export type Step = Shown<'app.desk.Step'>
export type Steps = Shown<'app.desk.Steps'>

export type PackRow = Shown<'app.desk.PackListing'>
export type RuleField = Shown<'app.desk.RuleField'>
export type Pack = Shown<'app.desk.Rules'>

export type OrganisationRow = Shown<'app.desk.OrganisationRow'>
export type Organisations = Shown<'app.desk.Organisations'>
export type MemberRow = Shown<'registry.Member'>
export type MembersPage = Shown<'app.desk.MembersPage'>
export type MemberFile = Shown<'app.desk.MemberPage'>

// Importing a roster: docs/formats/roster-import.md.

export type PreviewAsked = Shown<'ImportPreviewBody'>
export type ImportPurpose = PreviewAsked['purpose']
export type SheetSource = PreviewAsked['sheet']
/** What people decided about a sheet: every decision is there, if only as none. */
export type ImportDecisions = Required<Pick<PreviewAsked, 'columns' | 'corrections' | 'left_out' | 'accepted'>> & { readonly synthetic_ids: boolean }
export type Finding = Shown<'ImportFinding'>
/** What a column of a sheet may hold. */
export type SheetColumn = Finding['column']
export type PreviewRow = Shown<'ImportRow'>
export type Preview = Shown<'ImportPreview'>
export type ImportRow = Shown<'registry.Import'>
