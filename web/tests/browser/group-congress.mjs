// SPDX-License-Identifier: Apache-2.0
// The congress of examples/group-congress as its own files say it: units, roster, measures, documents, candidates. The small
// one keeps the first three units with thirty delegates, for those who must not wait.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = (name) => readFileSync(fileURLToPath(new URL(`../../../examples/group-congress/${name}`, import.meta.url)), 'utf8')
export const three = (hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })
export const delegateId = (number) => `d${String(number).padStart(3, '0')}`
const all = (ids) => ids.map(delegateId)

const body = (name, title, seats) => ({ name, title, seats })
const bodies = (committee, vice, audit, women) => [
  body('committee', three('第二届委员会', '第二屆委員會', 'Second Committee'), committee),
  body('chair', three('第二届委员会主席', '第二屆委員會主席', 'Chair of the Second Committee'), 1),
  body('vice_chair', three('第二届委员会副主席', '第二屆委員會副主席', 'Vice Chairs of the Second Committee'), vice),
  body('audit_committee', three('第二届经费审查委员会', '第二屆經費審查委員會', 'Second Fund-Audit Committee'), audit),
  body('audit_chair', three('第二届经费审查委员会主任', '第二屆經費審查委員會主任', 'Chair of the Second Fund-Audit Committee'), 1),
  body('womens_committee', three('第二届女职工委员会', '第二屆女職工委員會', 'Second Women Workers’ Committee'), women),
]
const nominee = (number, unit, role) => ({ number, unit, role })

const sizes = {
  small: {
    members: 150, women: 60, units: [[60, 12], [50, 10], [40, 8]], minimum: 1,
    bodies: bodies(5, 1, 3, 3),
    absent: { preparatory: [29, 30], first: [30], second: [29, 30] },
    presidium: [1, 13, 23, 2, 14], secretary: 14, executives: [1, 13], scrutineers: [9, 17, 26],
    committee: [1, 2, 13, 14, 23, 3], audit: [5, 15, 25, 6], weak: { committee: [3], audit_committee: [6], vice_chair: [23] },
    plenaries: [
      { body: 'committee', chair: 1, scrutineers: [13], offices: { chair: [2], vice_chair: [14, 23] } },
      { body: 'audit_committee', chair: 5, scrutineers: [15], offices: { audit_chair: [25] } },
    ],
    nominees: [nominee(14, '虚构铝业公司', 'chair'), nominee(4, '总部机关', 'vice_chair'), nominee(6, '总部机关', 'member')],
  },
  full: {
    members: 24000, women: 7800, units: null, minimum: 5,
    bodies: bodies(31, 2, 9, 7),
    absent: { preparatory: [160, 161, 162, 163, 164, 166], first: [6, 167, 168, 169, 170], second: [6, 160, 161, 162, 163, 164] },
    presidium: [1, 13, 41, 61, 76, 94, 110, 119, 127, 2, 23], secretary: 23, executives: [1, 13, 41], scrutineers: [9, 37, 58, 90, 145],
    committee: null, audit: null, weak: { committee: [13, 158], audit_committee: [133], vice_chair: [47], audit_chair: [66] },
    plenaries: [
      { body: 'committee', chair: 1, scrutineers: [41, 119], offices: { chair: [110], vice_chair: [61, 94, 47] } },
      { body: 'audit_committee', chair: 5, scrutineers: [50], offices: { audit_chair: [34, 66] } },
    ],
    nominees: [nominee(61, '虚构稀土公司', 'chair'), nominee(6, '总部机关', 'vice_chair'), nominee(11, '总部机关', 'member'), nominee(14, '虚构铝业公司', 'member'), nominee(16, '虚构铝业公司', 'member'), nominee(24, '虚构铝业公司', 'member'), nominee(4, '总部机关', 'member')],
  },
}

/** size  "small" or "full" */
export function groupCongress(size) {
  const chosen = sizes[size]
  const scenario = file('scenario.toml')
  const head = scenario.slice(0, scenario.indexOf('[[step]]'))
  const known = [...head.matchAll(/\{ id = "(\w+)", name = \{ zh-Hans = "(.+?)", zh-Hant = "(.+?)", en = "(.+?)" \}, members = (\d+), seats = (\d+) \}/g)]
  const units = known.slice(0, chosen.units?.length).map(([, id, hans, hant, en, members, seats], index) => ({
    id, name: three(hans, hant, en), members: chosen.units?.[index][0] ?? Number(members), seats: chosen.units?.[index][1] ?? Number(seats),
  }))
  const [heading, ...lines] = file('roster.csv').replace('\ufeff', '').trim().split(/\r?\n/)
  const roster = lines.map((line) => line.split(','))
  const people = units.flatMap((unit) => roster.filter((cells) => cells[1] === `${unit.name['zh-Hans']}代表团`).slice(0, unit.seats).map((cells) => ({ cells, name: cells[2], post: cells[8] })))
  const candidatesOf = (election) => {
    const from = scenario.slice(scenario.indexOf(`with.election = "group-2-1-${election}"\nwith.candidates`))
    return [...from.slice(0, from.indexOf('\n]')).matchAll(/\{ id = "d0*(\d+)"/g)].map(([, number]) => Number(number))
  }
  const ofBodies = (from) => Object.fromEntries(Object.entries(from).map(([name, numbers]) => [name, all(numbers)]))
  const name = (id) => people[Number(id.slice(1)) - 1].name
  return {
    id: 'group-2-1',
    units,
    people,
    name,
    heading,
    members: chosen.members,
    women: chosen.women,
    minimum: chosen.minimum,
    bodies: chosen.bodies,
    absent: Object.fromEntries(Object.entries(chosen.absent).map(([sitting, numbers]) => [sitting, all(numbers)])),
    presidium: all(chosen.presidium),
    secretary: delegateId(chosen.secretary),
    executives: all(chosen.executives),
    scrutineers: all(chosen.scrutineers),
    ballots: { committee: all(chosen.committee ?? candidatesOf('committee')), audit_committee: all(chosen.audit ?? candidatesOf('audit')) },
    weak: ofBodies(chosen.weak),
    plenaries: chosen.plenaries.map((each) => ({ ...each, chair: delegateId(each.chair), scrutineers: all(each.scrutineers), offices: ofBodies(each.offices) })),
    nominees: chosen.nominees.map((each) => ({ ...each, id: delegateId(each.number), name: name(delegateId(each.number)) })),
    votingRules: file('voting-rules.toml'),
    measure: file('election-measure.toml'),
    documents: { work: file('work-report.zh-Hans.md'), audit: file('audit-report.zh-Hans.md') },
  }
}

/** The roster as a unit keeps it: a title above, the delegation named once, spaces around names, full-width digits, a total below. */
export function rosterCsv({ people, heading }) {
  const lines = [`虚构集团公司工会代表名册${','.repeat(heading.split(',').length - 1)}`, heading]
  let delegation = ''
  for (const [index, { cells }] of people.entries()) {
    const out = [...cells]
    out[0] = String(index + 1)
    out[1] = cells[1] === delegation ? '' : cells[1]
    delegation = cells[1]
    if (index % 5 === 4) out[2] = `　${cells[2]} `
    if (index % 7 === 6) out[10] = cells[10].replace(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0) + 0xfee0))
    lines.push(out.join(','))
  }
  lines.push(`合计,,${people.length},,,,,,,,,`)
  return `${lines.join('\r\n')}\r\n`
}

/** A teller's figures: everybody who is to be elected above half of those entitled, the others well below. */
export function sheetFor(candidates, weak, valid, assembly) {
  const votes = {}
  let rank = 0
  for (const [index, id] of candidates.entries()) {
    const inFavour = weak.includes(id) ? (assembly ? Math.floor(valid * 0.3) - index % 2 : 1) : valid - 1 - 2 * rank++
    const against = Math.ceil((valid - inFavour) / 2)
    votes[id] = { for: inFavour, against, abstain: valid - inFavour - against }
  }
  return votes
}
