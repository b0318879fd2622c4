// SPDX-License-Identifier: Apache-2.0
// What the console reads and asks. The contract is docs/formats/desk.md.
import type { Text } from './shape'

export type From =
  | 'new' | 'delegates' | 'present' | 'units' | 'items' | 'questions' | 'documents' | 'bodies' | 'parties' | 'elections'
  | 'candidates' | 'scrutineers' | 'tellers' | 'write_ins' | 'unconfirmed' | 'packs' | 'languages' | 'congresses'
  | 'organisations' | 'members' | 'mandates'

export interface Choice {
  readonly value: string
  readonly label: Text
}
export type FieldType =
  | { readonly is: 'text'; readonly long: boolean; readonly from: From | null }
  | { readonly is: 'id'; readonly from: From | null }
  | { readonly is: 'texts' | 'date' | 'time' | 'number' | 'yes_no' }
  | { readonly is: 'choice'; readonly choices: readonly Choice[] }
  | { readonly is: 'list' | 'map'; readonly of: FieldType }
  | { readonly is: 'record'; readonly fields: readonly Field[] }
  | { readonly is: 'one_of'; readonly kinds: readonly (Choice & { readonly fields: readonly Field[] })[] }
export interface Field {
  readonly name: string
  readonly label: Text
  readonly type: FieldType
  readonly optional: boolean
  readonly personal: boolean
}
export interface ActForm {
  readonly name: string
  readonly room: string
  readonly label: Text
  readonly about: Text
  readonly of: 'congress' | 'election' | 'register'
  readonly fields: readonly Field[]
}
export interface ActForms {
  readonly rooms: readonly { readonly name: string; readonly label: Text }[]
  readonly acts: readonly ActForm[]
}

/** A refusal as it comes over the wire. */
export interface Problem {
  readonly status: number
  readonly name: string
  readonly detail: string
  readonly place: { readonly file: string | null; readonly line: number | null; readonly column: number | null; readonly field: string | null } | null
  readonly facts: Readonly<Record<string, unknown>>
}

export type With = Readonly<Record<string, unknown>>
export interface Asked {
  readonly act: string
  readonly congress: string
  readonly with: With
  readonly seen?: number | null
}
export interface Receipt {
  readonly first: number
  readonly last: number
  readonly head: string
  readonly repeated: boolean
}
export interface Tried {
  readonly seq: number
  readonly sentences: readonly Text[]
}

export interface Named {
  readonly id: string
  readonly name: string
}
export type RequestState = 'not_sent' | 'sent' | 'granted' | 'refused'
export interface RequestRow {
  readonly matter: string
  readonly matter_name: Text
  readonly body: string
  readonly body_name: Text | null
  readonly party: string
  readonly party_name: Text
  readonly state: RequestState
  readonly document: string
  readonly sent_at: string | null
  readonly reply: string
  readonly replied_at: string | null
}
export interface UnitRow {
  readonly id: string
  readonly name: Text
  readonly members: number
  readonly seats: number
  readonly reported: boolean
  readonly electors: number | null
  readonly participating: number | null
  readonly candidates: number | null
  readonly least_votes: number | null
  readonly delegates: number
  readonly valid: number
  readonly present: number
}
export interface QuorumMeasured {
  readonly occasion: string
  readonly occasion_name: Text
  readonly body: string
  readonly round: number
  readonly entitled: number
  readonly present: number
  readonly required: number
  readonly met: boolean
  readonly at: string
}
export interface Sitting {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly kind_name: Text
  readonly title: Text
  readonly elects: boolean
  readonly state: 'checking_in' | 'open' | 'interrupted' | 'closed'
  readonly chair: Named | null
  readonly entitled: number
  readonly present: number
  readonly quorum: { readonly required: number; readonly met: boolean; readonly rule: Text } | null
  readonly check_in_at: string
  readonly opened_at: string | null
  readonly closed_at: string | null
  readonly interruption: { readonly reason: string; readonly reason_name: Text; readonly announcement: Text; readonly at: string } | null
  readonly measured: readonly QuorumMeasured[]
}
export interface ResultRow {
  readonly rank: number
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly for: number
  readonly against: number | null
  readonly abstain: number | null
  readonly elected: boolean
  readonly tied: boolean
  readonly write_in: boolean
  readonly ineligible: boolean
}
export interface DeclaredResult {
  readonly round: number
  readonly seats: number
  readonly valid_election: boolean
  readonly entitled: number
  readonly present: number
  readonly issued: number
  readonly returned: number
  readonly invalid: number
  readonly valid: number
  readonly threshold: number | null
  readonly base: string
  readonly base_name: Text
  readonly base_count: number
  readonly open: number
  readonly next: readonly Choice[]
  readonly certificate: string
  readonly pending: boolean
  readonly rows: readonly ResultRow[]
}
export interface BodyRow {
  readonly name: string
  readonly title: Text
  readonly seats: number
  readonly filled: number
  readonly reduced_from: number | null
  readonly state: 'vacant' | 'incomplete' | 'pending_approval' | 'approved' | 'refused'
  readonly state_name: Text
  readonly list: { readonly round: number; readonly candidates: readonly { readonly id: string; readonly name: string; readonly unit: string }[] } | null
  readonly results: readonly DeclaredResult[]
  readonly nominated: {
    readonly proposed_by: Text
    readonly consulted: Text
    readonly consulted_on: string
    readonly document: string
    readonly members: readonly { readonly name: string; readonly unit: string; readonly role: string }[]
  } | null
  readonly members: readonly { readonly name: string; readonly unit: string }[]
}
export interface AgendaItem {
  readonly id: string
  readonly number: number
  readonly type: string
  readonly type_name: Text
  readonly title: Text
  readonly presenter: string
  readonly body: string
  readonly state: 'waiting' | 'called' | 'heard' | 'deliberated' | 'done'
  readonly state_name: Text
  readonly current: boolean
  readonly documents: readonly string[]
  readonly deliberations: readonly {
    readonly unit: string
    readonly unit_name: Text
    readonly speakers: number
    readonly summary: Text
    readonly amendments: readonly { readonly text: Text; readonly disposition: string }[]
  }[]
}
export interface QuestionRow {
  readonly id: string
  readonly item: string | null
  readonly kind: string
  readonly subject: Text
  readonly text: Text
  readonly mode: string
  readonly mode_name: Text
  readonly state: 'open' | 'adopted' | 'lost' | 'withdrawn'
  readonly rule: Text | null
  readonly put_at: string
  readonly closes_at: string | null
  readonly result: {
    readonly for: number
    readonly against: number
    readonly abstain: number
    readonly not_voting: number
    readonly entitled: number
    readonly present: number
    readonly base: string
    readonly base_name: Text
    readonly base_count: number
    readonly required: number
    readonly at: string
  } | null
}
export interface DocumentRow {
  readonly hash: string
  readonly path: string
  readonly title: Text
  readonly language: string
  readonly item: string | null
  readonly bytes: number
  readonly at: string
}
export type ElectionPhase =
  | 'prepared' | 'nominated' | 'listed' | 'staffed' | 'box_shown' | 'issued' | 'collected' | 'agreed' | 'certified' | 'voided'
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly roles: readonly string[]
}
export interface WriteInRow {
  readonly id: string
  readonly name: string
  readonly votes: number
  readonly eligible: boolean | null
  readonly reason: string
}
export interface ElectionRow {
  readonly id: string
  readonly body: string
  readonly title: Text
  readonly seats: number
  readonly round: number
  readonly round_kind: string
  readonly phase: ElectionPhase
  readonly phase_name: Text
  readonly latest: boolean
  readonly candidates: readonly Candidate[]
  readonly scrutineers: readonly Named[]
  readonly tellers: readonly Named[]
  readonly witnesses: readonly string[]
  readonly columns: {
    readonly against: boolean
    readonly abstain: boolean
    readonly write_in: boolean
    readonly illegal: boolean
    readonly blank_ignored: boolean
  }
  readonly ballots: {
    readonly printed: number
    readonly issued: number
    readonly spoilt: number
    readonly unused: number
    readonly entitled: number
    readonly present: number
    readonly at: string
  } | null
  readonly returned: number | null
  readonly missing: number | null
  readonly entries: readonly { readonly teller: string; readonly name: string }[]
  readonly counts: 'none' | 'one' | 'agree' | 'differ' | 'agreed'
  readonly differs: Problem | null
  readonly write_ins: readonly WriteInRow[]
  readonly result: {
    readonly state: 'pending_approval' | 'final'
    readonly method: string
    readonly valid_election: boolean
    readonly valid: number
    readonly invalid: number
    readonly threshold: number | null
    readonly base: string
    readonly base_name: Text
    readonly base_count: number
    readonly open: number
    readonly tied: readonly string[]
    readonly next: readonly Choice[]
    readonly certificate: string
    readonly at: string
    readonly rows: readonly ResultRow[]
  } | null
  readonly declared: boolean
}
export interface Desk {
  readonly id: string
  readonly seq: number
  readonly at: string | null
  readonly rehearsal: boolean
  readonly phase: string
  readonly phase_name: Text
  readonly organisation: Text
  readonly higher_union: Text
  readonly title: Text
  readonly numbering: { readonly style: string; readonly term: number; readonly session: number }
  readonly congress_kind: string
  readonly members: number
  readonly women_members: number
  readonly delegates_planned: number
  readonly term_years: number
  readonly begins_on: string
  readonly ends_on: string
  readonly place: Text
  readonly utc_offset_minutes: number
  readonly pack: { readonly id: string; readonly name: Text; readonly hash: string; readonly unconfirmed: readonly string[] }
  readonly measure: { readonly hash: string; readonly parts: readonly { readonly text: string }[]; readonly left_open: readonly string[] }
  readonly requests: readonly RequestRow[]
  readonly allocation: { readonly method: string; readonly method_name: Text; readonly seats: number } | null
  readonly units: readonly UnitRow[]
  readonly credentials: {
    readonly delegates: number
    readonly valid: number
    readonly invalid: number
    readonly pending: number
    readonly unreviewed: number
    readonly entitled: number
    readonly women: number
    readonly managers: number
    readonly adopted: boolean
    readonly supplements: number
  }
  readonly bodies: readonly BodyRow[]
  readonly sitting: Sitting | null
  readonly sittings: readonly Sitting[]
  readonly presidium: {
    readonly members: readonly Named[]
    readonly secretary_general: Named | null
    readonly meetings: readonly { readonly number: number; readonly at: string; readonly executive_chairs: readonly Named[]; readonly decisions: readonly Text[] }[]
  }
  readonly scrutineers: readonly Named[]
  readonly agenda: readonly AgendaItem[]
  readonly questions: readonly QuestionRow[]
  readonly open_question: string | null
  readonly documents: readonly DocumentRow[]
  readonly elections: readonly ElectionRow[]
  readonly focus: string
  readonly closed_at: string | null
  readonly last: { readonly seq: number; readonly kind: string; readonly at: string; readonly actor: string } | null
}

export interface DelegateRow {
  readonly id: string
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly post: string
  readonly unit: string
  readonly category: string
  readonly manager: boolean
  readonly head: boolean
  readonly finding: 'valid' | 'invalid' | 'pending'
  readonly reviewed: boolean
  readonly reason: string
  readonly elector: boolean
  readonly present: boolean
  readonly presidium: boolean
  readonly scrutineer: boolean
  readonly candidate_for: readonly string[]
  readonly number: number | null
  readonly mandate: string | null
  readonly member: string | null
}
export interface Delegates {
  readonly seq: number
  readonly all: boolean
  readonly rows: readonly DelegateRow[]
}

export interface Step {
  readonly act: string
  readonly label: Text
  readonly about: Text | null
  readonly with: With
  readonly needs: readonly string[]
  readonly lawful: boolean
  readonly why: Problem | null
  readonly sentence: Text | null
}
export interface Steps {
  readonly seq: number
  readonly quorum: { readonly entitled: number; readonly present: number; readonly required: number; readonly met: boolean; readonly rule: Text } | null
  readonly item: { readonly id: string; readonly number: number; readonly title: Text } | null
  readonly next: Step | null
  readonly steps: readonly Step[]
}

export interface PackRow {
  readonly id: string
  readonly name: Text
  readonly hash: string
  readonly chain: readonly string[]
  readonly unverified: number
  readonly left_open: number
  readonly for_congress: boolean
}
export interface RuleField {
  readonly field: string
  readonly value: unknown
  readonly source: string | null
  readonly pack: string | null
  readonly verified: boolean
  readonly inherited: boolean
  readonly confirmed: boolean | null
  readonly left_open: boolean
  readonly stated: boolean
}
export interface Pack {
  readonly id: string
  readonly name: Text
  readonly hash: string
  readonly chain: readonly string[]
  readonly fields: readonly RuleField[]
}

export interface OrganisationRow {
  readonly id: string
  readonly name: Text
  readonly level: string
  readonly level_name: Text
  readonly form: string
  readonly form_name: Text
  readonly status: string
  readonly founded_on: string
  readonly ended_on: string | null
  readonly territory_code: string
  readonly industry_code: string
  readonly credit_code: string
  readonly above: string | null
  readonly depth: number
  readonly parents: readonly { readonly relation: string; readonly relation_name: Text; readonly parent: string; readonly from: string; readonly to: string | null }[]
  readonly members: number
  readonly women: number
  readonly members_below: number
  readonly women_below: number
  readonly seen: number
}
export interface Organisations {
  readonly on: string
  readonly organisations: readonly OrganisationRow[]
}
export interface MemberRow {
  readonly id: string
  readonly organisation: string
  readonly name: string
  readonly sex: string | null
  readonly birth: string
  readonly ethnicity: string
  readonly party: string
  readonly education: string
  readonly post: string
  readonly phone: string
  readonly joined_on: string
  readonly erased: boolean
  readonly seen: number
}
export interface MembersPage {
  readonly members: readonly MemberRow[]
  readonly total: number
  readonly next: string | null
}
export interface MemberFile {
  readonly member: MemberRow
  readonly mandates: readonly {
    readonly mandate: string
    readonly congress: string
    readonly number: number
    readonly delegation: string
    readonly category: string
    readonly head: boolean
    readonly from: string
    readonly to: string | null
    readonly status: string
  }[]
  readonly history: readonly {
    readonly seq: number
    readonly at: string
    readonly actor: string
    readonly kind: string
    readonly sentence: Text
    readonly erased: boolean
  }[]
}

// Importing a roster: docs/formats/roster-import.md.

export type ImportPurpose = 'members' | 'delegates'
export type SheetSource = { readonly bytes: string } | { readonly rows: readonly (readonly (string | number | null)[])[] }
export interface ImportDecisions {
  readonly columns: Readonly<Record<string, string>>
  readonly corrections: readonly { readonly line: number; readonly column: string; readonly text: string }[]
  readonly left_out: readonly number[]
  readonly accepted: readonly { readonly line: number; readonly finding: string }[]
  readonly synthetic_ids: boolean
}
export interface PreviewAsked extends ImportDecisions {
  readonly purpose: ImportPurpose
  readonly organisation: string
  readonly file: string
  readonly sheet: SheetSource
  readonly after: number
  readonly limit: number
  readonly only: 'all' | 'problems' | 'findings'
}
export interface Finding {
  readonly column: string
  readonly kind: string
  /** The line of the other row of a duplicate, else 0. */
  readonly other?: number
  /** A person may take the row with it. */
  readonly acceptable?: boolean
  readonly accepted?: boolean
}
export interface PreviewRow {
  readonly row: number
  readonly line: number
  readonly number: number
  readonly unit: string
  readonly name: string
  readonly sex: string
  readonly ethnicity: string
  readonly birth: string
  readonly id: string
  readonly education: string
  readonly party: string
  readonly join: string
  readonly phone: string
  readonly employment: string
  readonly post: string
  readonly category: string
  readonly remark: string
  readonly left_out: boolean
  readonly repaired: readonly Finding[]
  readonly problems: readonly Finding[]
  readonly notes: readonly Finding[]
}
export interface Preview {
  readonly columns: readonly { readonly at: number; readonly heading: string; readonly column: string; readonly from: 'heading' | 'remembered' | 'given' | 'none'; readonly has_content: boolean }[]
  readonly above: readonly string[]
  readonly lines_left_out: readonly { readonly line: number; readonly kind: string; readonly text: string }[]
  readonly summary: {
    readonly rows: number
    readonly clean: number
    readonly repaired: number
    readonly open_problems: number
    readonly left_out: number
    readonly ready: boolean
    readonly kinds: readonly { readonly kind: string; readonly what: 'repaired' | 'problem' | 'note'; readonly rows: number; readonly sentence: Text }[]
  }
  readonly units: readonly { readonly text: string; readonly rows: number; readonly organisation: string | null }[]
  readonly rows: readonly PreviewRow[]
  readonly next: number | null
  /** The rows of registry.register_roster, once nothing is open. */
  readonly delegates: readonly With[]
}
export interface ImportRow {
  readonly id: string
  readonly organisation: string
  readonly file: string
  readonly digest: string
  readonly on: string
  readonly members: number
  readonly undone_at: string | null
}
