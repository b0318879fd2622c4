// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { parseScreenView } from '../../packages/api/screen-view'
import { WrongShape } from '../../packages/api/shape'
import { edges, election, states, verdict, view } from '../browser/fixtures.mjs'

type Loose = Record<string, unknown>
const placeOf = (value: unknown): string => {
  try {
    parseScreenView(value)
  } catch (error) {
    if (error instanceof WrongShape) return error.place
    throw error
  }
  return 'no fault'
}

describe('the screen view', () => {
  it.each(Object.entries({ ...states, ...edges }))('is read as the contract has it: %s', (_, each) => {
    expect(parseScreenView(JSON.parse(JSON.stringify(each)))).toEqual(each)
  })

  it('is refused with the place of the fault', () => {
    const good = states.verdict as unknown as Loose
    const without = { ...good }
    delete without['seq']
    const table: [unknown, string][] = [
      [null, ''],
      [[], ''],
      [without, 'seq'],
      [{ ...good, extra: 1 }, 'extra'],
      [{ ...good, seq: '412' }, 'seq'],
      [{ ...good, seq: 4.5 }, 'seq'],
      [{ ...good, seq: -1 }, 'seq'],
      [{ ...good, at: '2026-11-20T09:14:03Z' }, 'at'],
      [{ ...good, at: '2026-11-20 09:14:03' }, 'at'],
      [{ ...good, rehearsal: 0 }, 'rehearsal'],
      [{ ...good, fingerprint: '9f2c' }, 'fingerprint'],
      [{ ...good, organisation: { 'zh-Hans': '甲', en: 'A' } }, 'organisation.zh-Hant'],
      [{ ...good, congress: { 'zh-Hans': '甲', 'zh-Hant': '甲', en: 'A', fr: 'A' } }, 'congress.fr'],
      [{ ...good, figures: { entitled: 170, present: 158, issued: null, returned: null } }, 'figures.valid'],
      [{ ...good, scrutineers: [5] }, 'scrutineers[0]'],
      [{ ...good, state: 'intermission' }, 'state'],
      [{ ...good, state: 'pause' }, 'verdict'],
      [{ ...good, verdict: null }, 'verdict'],
      [{ ...good, pause: states.pause.pause }, 'pause'],
      [{ ...good, verdict: { ...verdict, for: null } }, 'verdict.for'],
      [view('election_result', { ...election, base: 'none' }), 'election_result.threshold'],
      [view('election_result', { ...election, page: 2 }), 'election_result.page'],
      [view('election_result', { ...election, rows: [{ ...election.rows[0], elected: 'yes' }] }), 'election_result.rows[0].elected'],
    ]
    for (const [value, place] of table) expect(placeOf(value)).toBe(place)
  })
})
