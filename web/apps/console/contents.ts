// SPDX-License-Identifier: Apache-2.0
import type { Desk } from '../../packages/api/desk'

/** Where a chapter of the congress stands; the words are `console.state.*`. */
export type ChapterState = 'done' | 'under_way' | 'open' | 'waiting'
export interface Chapter {
  readonly name: 'prepare' | 'delegates' | 'agenda' | 'sitting' | 'elections' | 'documents' | 'record'
  readonly state: ChapterState
  /** The pages of the chapter by their routes' names. */
  readonly pages: readonly string[]
}

const of = (done: boolean, underWay: boolean, open: boolean): ChapterState => (done ? 'done' : underWay ? 'under_way' : open ? 'open' : 'waiting')

/** The congress as its own table of contents. */
export function chaptersOf(desk: Desk): readonly Chapter[] {
  const held = desk.requests.filter((each) => each.matter === 'holding').every((each) => each.state === 'granted')
  const confirmed = desk.pack.unconfirmed.length === 0
  const closed = desk.closed_at !== null
  const reviewed = desk.credentials.delegates > 0 && desk.credentials.unreviewed === 0 && desk.units.every((unit) => unit.reported)
  const balloted = desk.bodies.length > 0 && desk.bodies.every((body) => body.state !== 'vacant' && body.state !== 'incomplete')
  const approved = desk.bodies.every((body) => body.state === 'approved')
  return [
    { name: 'prepare', state: of(confirmed && held && desk.allocation !== null, true, true), pages: ['prepare', 'rules'] },
    { name: 'delegates', state: of(reviewed && desk.credentials.adopted, desk.credentials.delegates > 0 || desk.allocation !== null, held), pages: ['units', 'roster', 'delegates', 'check_in'] },
    { name: 'agenda', state: of(desk.agenda.length > 0 && desk.agenda.every((item) => item.state === 'done'), desk.agenda.length > 0, reviewed), pages: ['agenda'] },
    { name: 'sitting', state: of(closed, desk.sitting !== null || desk.sittings.length > 0, reviewed), pages: ['sitting', 'questions', 'presidium'] },
    { name: 'elections', state: of(balloted && closed && approved, desk.elections.length > 0 || balloted, desk.agenda.length > 0), pages: ['elections'] },
    { name: 'documents', state: of(closed && desk.documents.length > 0, desk.documents.length > 0, true), pages: ['documents'] },
    { name: 'record', state: of(closed && approved, true, true), pages: ['record', 'any'] },
  ]
}
