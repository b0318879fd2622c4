// SPDX-License-Identifier: Apache-2.0
// The screen view: what the hall screen shows. The contract is docs/formats/screen-view.md.

import { boolean, count, hash, instant, integer, listOf, object, oneOf, orNull, string, text, WrongShape } from './shape'

export type { Text } from './shape'

export const screenStates = ['gathering', 'item', 'vote_open', 'verdict', 'election_result', 'pause'] as const
export type ScreenState = (typeof screenStates)[number]

const figures = object({
  entitled: orNull(count),
  present: orNull(count),
  issued: orNull(count),
  returned: orNull(count),
  valid: orNull(count),
})

const delegation = object({ name: text, entitled: count, present: count })

const gathering = object({
  sitting: text,
  welcome: text,
  quorum_required: orNull(count),
  quorum_met: boolean,
  rule: text,
  delegations: listOf(delegation),
})

const item = object({
  number: count,
  title: text,
  kind: string,
  presenter: orNull(string),
  documents: listOf(object({ title: text, path: string })),
  next: listOf(object({ number: count, title: text })),
})

const voteOpen = object({
  number: orNull(count),
  question: text,
  mode: text,
  closes_at: orNull(instant),
  voted: orNull(count),
  electorate: count,
  rule: text,
  secret: boolean,
  seats: orNull(count),
  candidates: orNull(count),
})

const verdict = object({
  number: orNull(count),
  question: text,
  adopted: boolean,
  for: count,
  against: count,
  abstain: count,
  base: string,
  base_name: text,
  base_count: count,
  required: count,
  rule: text,
})

const electionRow = object({
  rank: count,
  name: string,
  unit: string,
  for: count,
  against: count,
  abstain: count,
  elected: boolean,
  write_in: boolean,
  ineligible: boolean,
})

const electionResult = object({
  body: text,
  valid_election: boolean,
  round: count,
  seats: count,
  threshold: orNull(count),
  base: string,
  base_name: text,
  base_count: count,
  scale_max: count,
  rows: listOf(electionRow),
  elected: count,
  open: count,
  tied: listOf(string),
  next: orNull(text),
  rule: text,
  state: text,
  page: count,
  pages: count,
  record: hash,
})

const pause = object({
  kind: oneOf('soon', 'pause', 'between_sittings', 'notice', 'no_quorum', 'counting', 'closed'),
  sentence: text,
  next: orNull(text),
})

const screenView = object({
  seq: count,
  at: instant,
  utc_offset_minutes: integer,
  rehearsal: boolean,
  organisation: text,
  congress: text,
  state: oneOf(...screenStates),
  figures,
  fingerprint: hash,
  scrutineers: listOf(string),
  gathering: orNull(gathering),
  item: orNull(item),
  vote_open: orNull(voteOpen),
  verdict: orNull(verdict),
  election_result: orNull(electionResult),
  pause: orNull(pause),
})

export type Figures = ReturnType<typeof figures>
export type Gathering = ReturnType<typeof gathering>
export type Item = ReturnType<typeof item>
export type VoteOpen = ReturnType<typeof voteOpen>
export type Verdict = ReturnType<typeof verdict>
export type ElectionRow = ReturnType<typeof electionRow>
export type ElectionResult = ReturnType<typeof electionResult>
export type Pause = ReturnType<typeof pause>
export type ScreenView = ReturnType<typeof screenView>

export const rowsOnOnePage = 12

/**
 * Reads a screen view, or throws WrongShape with the place of the first fault.
 * Exactly one of the six state members is an object, the one named by `state`.
 */
export function parseScreenView(value: unknown): ScreenView {
  const view = screenView(value, '')
  for (const state of screenStates) {
    if ((view[state] !== null) !== (view.state === state)) {
      throw new WrongShape(state, view.state === state ? 'an object, as the state says' : 'null, as the state says')
    }
  }
  const result = view.election_result
  if (result !== null) {
    if (result.base === 'none' && result.threshold !== null) {
      throw new WrongShape('election_result.threshold', 'null where the base is none')
    }
    if (result.page < 1 || result.page > Math.max(1, result.pages)) {
      throw new WrongShape('election_result.page', 'a page from 1 to pages')
    }
  }
  return view
}
