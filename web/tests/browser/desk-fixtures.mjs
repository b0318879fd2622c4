// SPDX-License-Identifier: Apache-2.0
// The desk of an invented congress in the middle of its elections, as docs/formats/desk.md says. Nothing here is decided:
// what the real server answers is tested against the real server.
import { acts, congresses, longName, now, person, states } from './fixtures.mjs'

const three = (hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })
const label = (word) => three(`${word}（示例）`, `${word}（示例）`, word)
const hash = (digit) => digit.repeat(64)
const problem = (name, detail, field = '') => ({ status: 409, name, detail, place: field === '' ? null : { file: '', line: 0, column: 0, field }, facts: {} })

const unitNames = ['机关', '第一分公司', '第二分公司', '设计院', '客运公司', '机务段', '仓储中心', '物业公司', '职工医院', '新就业形态']
export const units = unitNames.map((name, index) => ({
  id: `u${index + 1}`,
  name: three(name, name, `Unit ${index + 1}`),
  members: 900 + 17 * index,
  seats: 17,
  reported: true,
  electors: 900,
  participating: 850,
  candidates: 20,
  least_votes: 700,
  delegates: 17,
  valid: 17,
  present: 15,
}))
export const delegates = Array.from({ length: 170 }, (_, index) => ({
  id: `d${String(index + 1).padStart(3, '0')}`,
  name: index === 3 ? longName : person(index),
  sex: index % 3 === 0 ? 'female' : 'male',
  birth: `19${70 + (index % 25)}-0${1 + (index % 9)}`,
  post: `${unitNames[Math.floor(index / 17)]}班组长`,
  unit: `u${Math.floor(index / 17) + 1}`,
  category: index % 4 === 0 ? '管理人员' : '一线职工',
  manager: index % 4 === 0,
  head: index % 17 === 0,
  finding: index === 168 ? 'invalid' : index === 169 ? 'pending' : 'valid',
  reviewed: index !== 169,
  ended: null,
  reason: index === 168 ? '名册有误' : '',
  elector: index < 168,
  delegate: true,
  present: index < 158,
  presidium: index < 11,
  scrutineer: index >= 20 && index < 23,
  candidate_for: index >= 40 && index < 52 ? ['committee'] : [],
  number: index + 1,
  mandate: `mandate-${index + 1}`,
  member: `member-${index + 1}`,
}))

const text = { is: 'text', long: false, most: 200, from: null }
const number = { is: 'number', least: 0, most: 1000000000 }
const of = (from) => ({ is: 'id', from })
const field = (name, type, optional = false) => ({ name, label: label(name), type, optional, personal: false })
const form = (name, room, fields, kind = room === 'registry' ? 'register' : room) => ({ name, room, label: label(name.split('.')[1].replaceAll('_', ' ')), about: label(`What ${name.split('.')[1].replaceAll('_', ' ')} does`), of: kind, fields })
const choice = (...values) => ({ is: 'choice', choices: values.map((value) => ({ value, label: label(value) })) })
export const forms = {
  rooms: [{ name: 'congress', label: label('Congress') }, { name: 'election', label: label('Elections') }, { name: 'registry', label: label('Register') }],
  acts: [
    form('congress.plan', 'congress', [field('organisation', { is: 'texts', long: false, most: 200 }), field('members', number), field('begins_on', { is: 'date' }), field('pack', { is: 'text', long: false, most: 200, from: 'packs' }), field('bodies', { is: 'list', of: { is: 'record', fields: [field('name', text), field('title', { is: 'texts', long: false, most: 200 }), field('seats', number)] } })]),
    form('congress.confirm_values', 'congress', [field('fields', { is: 'list', of: { is: 'text', long: false, most: 200, from: 'unconfirmed' } })]),
    form('congress.send_request', 'congress', [field('matter', choice('holding', 'candidates', 'results')), field('party', { is: 'text', long: false, most: 200, from: 'parties' }), field('body', { is: 'text', long: false, most: 200, from: 'bodies' }), field('document', text)]),
    form('congress.record_reply', 'congress', [field('matter', choice('holding', 'candidates', 'results')), field('party', { is: 'text', long: false, most: 200, from: 'parties' }), field('body', { is: 'text', long: false, most: 200, from: 'bodies' }), field('granted', { is: 'yes_no' }), field('document', text)]),
    form('congress.allocate', 'congress', [field('method', choice('stated', 'largest_remainder')), field('minimum', number)]),
    form('congress.report_unit_election', 'congress', [field('unit', of('units')), field('electors', number)]),
    form('congress.review_credentials', 'congress', [field('findings', { is: 'list', of: { is: 'record', fields: [field('delegate', of('delegates')), field('finding', choice('valid', 'invalid', 'pending')), field('reason', text)] } })]),
    form('congress.open_check_in', 'congress', [field('sitting', of('new')), field('sitting_kind', choice('preparatory', 'plenary')), field('title', { is: 'texts', long: false, most: 200 }), field('elects', { is: 'yes_no' })]),
    form('congress.check_in', 'congress', [field('delegate', of('delegates')), field('method', choice('card', 'manual', 'mobile_box'))]),
    form('congress.interrupt_sitting', 'congress', [field('reason', choice('pause', 'want_of_quorum')), field('announcement', { is: 'texts', long: true, most: 20000 })]),
    form('congress.put_question', 'congress', [
      field('question', of('new')), field('item', of('items'), true), field('text', { is: 'texts', long: true, most: 20000 }), field('mode', choice('show_of_hands', 'acclamation', 'secret')), field('closes_at', { is: 'time' }, true),
      field('subject', { is: 'one_of', kinds: [
        { value: 'presidium', label: label('presidium'), fields: [field('members', { is: 'list', of: of('delegates') }), field('secretary_general', of('delegates'))] },
        { value: 'reduce_seats', label: label('fewer seats'), fields: [field('body', { is: 'text', long: false, most: 200, from: 'bodies' }), field('seats', number)] },
        { value: 'agenda', label: label('agenda'), fields: [field('items', { is: 'list', of: { is: 'record', fields: [field('id', of('new')), field('type', choice('report', 'election')), field('title', { is: 'texts', long: false, most: 200 })] } })] },
      ] }),
    ]),
    form('congress.declare_vote', 'congress', [field('question', of('questions')), field('for', number, true), field('against', number, true), field('abstain', number, true)]),
    form('congress.call_item', 'congress', [field('item', of('items'))]),
    form('congress.close_sitting', 'congress', []),
    form('congress.note_fact', 'congress', [field('text', { is: 'texts', long: true, most: 20000 })]),
    form('congress.lay_document', 'congress', [field('item', of('items'), true), field('title', { is: 'texts', long: false, most: 200 }), field('language', { is: 'text', long: false, most: 200, from: 'languages' }), field('markdown', { is: 'text', long: true, most: 20000, from: null })]),
    form('congress.declare_result', 'congress', [field('election', of('elections'))], 'election'),
    form('congress.nominate', 'congress', [field('body', { is: 'text', long: false, most: 200, from: 'bodies' })]),
    form('election.prepare', 'election', [field('election', of('new')), field('body', { is: 'text', long: false, most: 200, from: 'bodies' })]),
    form('election.nominate', 'election', [field('election', of('elections'))]),
    form('election.appoint_tellers', 'election', [field('election', of('elections'))]),
    form('election.issue_ballots', 'election', [field('election', of('elections')), field('printed', number), field('issued', number), field('spoilt', number), field('unused', number)]),
    form('election.compare_counts', 'election', [field('election', of('elections'))]),
    form('election.certify', 'election', [field('election', of('elections')), field('scrutineers', { is: 'list', of: of('scrutineers') })]),
    form('election.check_write_in', 'election', [field('election', of('elections')), field('name', { is: 'text', long: false, most: 200, from: 'write_ins' }), field('eligible', { is: 'yes_no' }), field('reason', text), field('person', of('delegates'), true), field('no_delegate', { is: 'yes_no' }, true)]),
    form('registry.found_organisation', 'registry', [field('organisation', of('new')), field('name', { is: 'texts', long: false, most: 200 }), field('on', { is: 'date' })]),
    form('registry.rename_organisation', 'registry', [field('organisation', of('organisations')), field('name', { is: 'texts', long: false, most: 200 }), field('on', { is: 'date' })]),
    form('registry.add_parent', 'registry', [field('organisation', of('organisations')), field('parent', of('organisations')), field('relation', choice('leads', 'statistics')), field('from', { is: 'date' }), field('to', { is: 'date' }, true)]),
    form('registry.register_roster', 'registry', [field('congress', of('congresses')), field('units', { is: 'map', of: of('organisations') }), field('on', { is: 'date' })]),
    form('registry.correct_member', 'registry', [field('member', of('members')), field('name', text, true), field('phone', text, true)]),
    form('registry.undo_import', 'registry', [field('import', text)]),
  ],
}

const candidates = delegates.slice(40, 52).map((row) => ({ id: row.id, name: row.name, unit: row.post, roles: ['member'] }))
const rows = candidates.map((each, index) => ({ rank: index + 1, id: each.id, name: each.name, unit: each.unit, for: 156 - 6 * index, against: 3 * index, abstain: 3 * index, elected: index < 9, tied: false, write_in: false, ineligible: false }))
const officers = delegates.slice(20, 23).map(({ id, name }) => ({ id, name }))
const tellers = [{ id: 'teller-1', name: '甲计票' }, { id: 'teller-2', name: '乙计票' }]
const election = (more) => ({
  id: 'cong-1-committee', body: 'committee', title: three('第二届委员会', '第二屆委員會', 'Second Committee'), seats: 9, round: 1, round_kind: 'first',
  phase: 'collected', phase_name: three('已收票', '已收票', 'Ballots collected'), latest: true, candidates, scrutineers: officers, tellers, witnesses: officers.map((each) => each.id),
  columns: { against: true, abstain: true, write_in: true, illegal: false, blank_ignored: false },
  ballots: { printed: 171, issued: 158, spoilt: 1, unused: 12, entitled: 168, present: 158, at: now }, returned: 158, missing: 0,
  entries: [{ teller: 'teller-1', name: '甲计票' }], counts: 'one', differs: null, write_ins: [], result: null, declared: false, ...more,
})
const result = { state: 'pending_approval', method: 'ballot', valid_election: true, valid: 156, invalid: 2, threshold: 85, base: 'entitled', base_name: three('应到代表', '應到代表', 'entitled'), base_count: 168, open: 0, tied: [], next: [], certificate: hash('c'), at: now, rows }
const quorumRule = three('应到代表的三分之二以上到会，方可开会。', '應到代表的三分之二以上到會，方可開會。', 'The sitting opens when two thirds of those entitled or more are present.')
const sitting = (number, kind, title, state) => ({
  id: `s${number}`, number, kind, kind_name: label(kind), title, elects: number === 3, state, chair: { id: 'd001', name: person(0) }, entitled: 168, present: 158,
  quorum: state === 'closed' ? null : { required: 112, met: true, rule: quorumRule }, check_in_at: now, opened_at: now, closed_at: state === 'closed' ? now : null, interruption: null,
  measured: [{ occasion: 'opening', occasion_name: label('opening'), body: '', round: 0, entitled: 168, present: 157, required: 112, met: true, at: now }],
})
const sittings = [
  sitting(1, 'preparatory', three('预备会议', '預備會議', 'Preparatory meeting'), 'closed'),
  sitting(2, 'plenary', three('第一次全体会议', '第一次全體會議', 'First plenary sitting'), 'closed'),
  sitting(3, 'plenary', three('第二次全体会议', '第二次全體會議', 'Second plenary sitting'), 'open'),
]
const request = (matter, body, party, state) => ({
  matter, matter_name: label(matter), body, body_name: body === '' ? null : three('第二届委员会', '第二屆委員會', 'Second Committee'), party, party_name: label(party), state,
  document: state === 'not_sent' ? '' : '虚工〔2026〕8号', sent_at: state === 'not_sent' ? null : now, reply: state === 'granted' ? '虚党〔2026〕31号' : '', replied_at: state === 'granted' ? now : null,
})
const item = (number, id, type, title, state, current = false, body = '') => ({
  id, number, type, type_name: label(type), title, presenter: type === 'report' ? person(0) : '', body, state, state_name: label(state), current, documents: type === 'report' ? [hash('d')] : [],
  deliberations: type === 'report' ? [{ unit: 'u1', unit_name: units[0].name, speakers: 3, summary: three('同意报告。', '同意報告。', 'The report is supported.'), amendments: [] }] : [],
})
const question = (id, state, words, forVotes) => ({
  id, item: null, kind: 'motion', subject: label('motion'), text: words, mode: 'show_of_hands', mode_name: label('show of hands'), state, rule: three('赞成票超过应到代表的半数，为通过。', '贊成票超過應到代表的半數，為通過。', 'Adopted by more than half of those entitled.'), put_at: now, closes_at: null,
  result: state === 'open' ? null : { for: forVotes, against: 3, abstain: 5, not_voting: 0, entitled: 168, present: 158, base: 'entitled', base_name: three('应到代表', '應到代表', 'entitled'), base_count: 168, required: 85, at: now },
})
export const desk = {
  id: 'cong-1', seq: 412, at: now, rehearsal: true, phase: 'in_session', phase_name: three('正在开会', '正在開會', 'In session'),
  organisation: states.item.organisation, higher_union: three('虚构产业工会', '虛構產業工會', 'Invented Industrial Union'), title: states.item.congress, numbering: { style: 'term_and_session', term: 2, session: 1 },
  congress_kind: 'electing', members: 24000, women_members: 7800, delegates_planned: 170, term_years: 5, begins_on: '2026-11-18', ends_on: '2026-11-19', place: three('虚构会堂', '虛構會堂', 'the Invented Hall'), utc_offset_minutes: 480,
  pack: { id: 'cn-grassroots-2016', name: three('基层工会选举工作条例', '基層工會選舉工作條例', 'Grassroots rules'), hash: hash('a'), unconfirmed: ['quorum.election.fraction', 'surplus.committee'] },
  measure: { hash: hash('b'), parts: [{ text: '[tie]\nsecond_tie = "repeat"\n' }], left_open: [] },
  requests: [request('holding', '', 'higher_union', 'granted'), request('candidates', 'committee', 'higher_union', 'sent'), request('results', 'committee', 'higher_union', 'not_sent')],
  allocation: { method: 'stated', method_name: label('stated'), seats: 170 }, units,
  credentials: { delegates: 170, valid: 168, invalid: 1, pending: 1, unreviewed: 1, entitled: 168, women: 57, managers: 43, adopted: true, supplements: 0 },
  bodies: [
    { name: 'committee', title: three('第二届委员会', '第二屆委員會', 'Second Committee'), seats: 9, filled: 0, reduced_from: null, state: 'vacant', state_name: label('vacant'), list: { round: 1, candidates: candidates.map(({ id, name, unit }) => ({ id, name, unit })) }, results: [], nominated: null, members: [] },
    { name: 'audit_committee', title: three('第二届经费审查委员会', '第二屆經費審查委員會', 'Second Fund-Audit Committee'), seats: 9, filled: 9, reduced_from: null, state: 'pending_approval', state_name: label('pending approval'), list: null, results: [{ round: 1, seats: 9, entitled: 168, present: 158, issued: 158, returned: 158, pending: true, ...result }], nominated: null, members: rows.slice(0, 9).map(({ name, unit }) => ({ name, unit })) },
    { name: 'womens_committee', title: three('第二届女职工委员会', '第二屆女職工委員會', 'Second Women Workers’ Committee'), seats: 7, filled: 0, reduced_from: null, state: 'vacant', state_name: label('vacant'), list: null, results: [], nominated: null, members: [] },
  ],
  sitting: sittings[2], sittings,
  presidium: { members: delegates.slice(0, 11).map(({ id, name }) => ({ id, name })), secretary_general: { id: 'd011', name: person(10) }, meetings: [{ number: 1, at: now, executive_chairs: [{ id: 'd001', name: person(0) }], decisions: [three('审议会议日程。', '審議會議日程。', 'The schedule is settled.')] }] },
  scrutineers: officers,
  agenda: [
    item(1, 'work-report', 'report', three('第一届委员会工作报告', '第一屆委員會工作報告', 'Work report of the first committee'), 'done'),
    item(2, 'audit-report', 'report', three('第一届经费审查委员会工作报告', '第一屆經費審查委員會工作報告', 'Report of the first fund-audit committee'), 'heard'),
    item(3, 'committee', 'election', three('选举第二届委员会', '選舉第二屆委員會', 'Election of the second committee'), 'called', true, 'committee'),
    item(4, 'women', 'nomination', three('产生第二届女职工委员会', '產生第二屆女職工委員會', 'Second women workers’ committee'), 'waiting', false, 'womens_committee'),
  ],
  questions: [question('q1', 'adopted', three('通过工作报告', '通過工作報告', 'Shall the work report be adopted?'), 150), question('q2', 'open', three('通过第二届委员会委员候选人名单', '通過第二屆委員會委員候選人名單', 'Shall the list of candidates for the Second Committee be adopted?'), null)],
  open_question: 'q2',
  documents: [{ hash: hash('d'), path: `/documents/${hash('d')}`, title: three('工作报告', '工作報告', 'Work report'), language: 'zh-Hans', item: 'work-report', bytes: 4096, at: now }],
  elections: [
    election({}),
    election({ id: 'cong-1-audit', body: 'audit_committee', title: three('第二届经费审查委员会', '第二屆經費審查委員會', 'Second Fund-Audit Committee'), phase: 'certified', phase_name: label('certified'), counts: 'agreed', result, declared: true }),
    election({ id: 'cong-1-new', phase: 'nominated', phase_name: label('nominated'), tellers: [], scrutineers: [], ballots: null, returned: null, missing: null, entries: [], counts: 'none' }),
    election({ id: 'cong-1-open', phase: 'certified', phase_name: label('certified'), counts: 'agreed', result: { ...result, open: 2, next: [], rows: rows.map((row, index) => ({ ...row, elected: index < 7 })) }, declared: true }),
    election({ id: 'cong-1-agreed', phase: 'agreed', phase_name: label('agreed'), counts: 'agreed', write_ins: [{ id: 'write-in-1-1', name: '丙另选', votes: 4, eligible: null, reason: '', person: '' }] }),
    election({ id: 'cong-1-differ', counts: 'differ', entries: tellers.map((each) => ({ teller: each.id, name: each.name })), differs: problem('election.counts_differ_in_favour', '两份计票单不一致：某候选人的赞成票。') }),
  ],
  focus: 'vote', closed_at: null, last: { seq: 412, kind: 'question_put', at: now, actor: 'administrator' },
}

const step = (act, about, known, needs, why = null, sentence = null) => ({ act, label: forms.acts.find((each) => each.name === act).label, about, with: known, needs, lawful: why === null, why, sentence })
const waiting = problem('congress.question_already_open', '正在表决，请先宣布结果。')
const next = step('congress.declare_vote', three('候选人名单', '候選人名單', 'list of candidates'), { question: 'q2' }, ['for', 'against', 'abstain'])
export const steps = {
  seq: 412,
  quorum: { entitled: 168, present: 158, required: 112, met: true, rule: quorumRule },
  item: { id: 'committee', number: 3, title: desk.agenda[2].title },
  next,
  steps: [
    next,
    step('congress.call_item', desk.agenda[3].title, { item: 'women' }, [], waiting),
    step('congress.close_sitting', null, {}, [], waiting),
    step('congress.interrupt_sitting', null, {}, ['reason', 'announcement'], waiting),
    step('congress.note_fact', null, {}, ['text']),
    step('election.compare_counts', desk.elections[0].title, { election: 'cong-1-committee' }, [], problem('election.counts_missing', '还缺一份计票单。')),
    step('congress.put_question', null, {}, ['question', 'text', 'mode', 'subject'], waiting),
    step('congress.put_question', three('将第二届委员会名额由 9 名减为 7 名', '將第二屆委員會名額由 9 名減為 7 名', 'the reduction of the seats of the Second Committee from 9 to 7'), { question: 'q3', text: three('是否通过？', '是否通過？', 'Shall it be adopted?'), mode: 'show_of_hands', subject: { reduce_seats: { body: 'committee', seats: 7 } } }, []),
    step('congress.record_reply', null, { matter: 'candidates', body: 'committee', party: 'higher_union' }, ['granted', 'document']),
    step('congress.open_check_in', null, {}, ['sitting'], problem('congress.sitting_already_open', '会议正在进行。')),
    step('congress.lay_document', null, {}, ['title', 'language', 'markdown']),
  ],
}
export const rules = {
  id: 'cn-grassroots-2016', name: desk.pack.name, hash: hash('a'), chain: ['cn-common', 'cn-grassroots-2016'],
  fields: ['ballot.blank_means', 'quorum.election.fraction', 'surplus.committee', 'threshold.election.base', 'tie.method'].map((name, index) => ({
    field: name, value: index === 1 ? [2, 3] : index === 4 ? null : 'entitled', source: 'R2016 Art. 17', pack: 'cn-common', verified: index === 3, inherited: index < 2,
    confirmed: index === 1 || index === 2 ? false : null, left_open: index === 4, stated: index === 0,
  })),
}
export const packs = [
  { id: 'cn-common', name: label('common'), hash: hash('1'), chain: ['cn-common'], unverified: 3, left_open: 2, for_congress: false },
  { id: 'cn-grassroots-2016', name: desk.pack.name, hash: hash('a'), chain: rules.chain, unverified: 12, left_open: 5, for_congress: true },
]
const organisation = (id, name, depth, above, members) => ({
  id, name, level: 'basic', level_name: label('basic'), form: 'committee', form_name: label('committee'), status: 'active', founded_on: '2021-10-15', ended_on: null, territory_code: '', industry_code: '', credit_code: '',
  above, depth, parents: above === null ? [] : [{ relation: 'leads', relation_name: label('leads'), parent: above, from: '2021-10-15', to: null }], members, women: 5, members_below: members + 100, women_below: 40, seen: 88,
})
export const organisations = {
  on: '2026-11-20',
  organisations: [organisation('industry', three('虚构产业工会', '虛構產業工會', 'Invented Industrial Union'), 0, null, 0), organisation('group', states.item.organisation, 1, 'industry', 12), ...units.map((unit) => organisation(unit.id, unit.name, 2, 'group', unit.members))],
}
export const members = {
  members: delegates.slice(0, 30).map((row) => ({ id: row.member, organisation: 'u1', name: row.name, sex: row.sex, birth: row.birth, ethnicity: '汉族', party: '群众', education: '本科', post: row.post, phone: '12000000017', joined_on: '2022-03-01', erased: false, seen: 91 })),
  total: 900,
  next: 'member-31',
}
const sentence = (words) => three(words, words, words)
const row = (index, more) => ({
  row: index, line: index + 3, number: index, unit: '机关', name: person(index), sex: '男', ethnicity: '汉族', birth: '1965-10-22', id: '990000196510220051', education: '本科', party: '群众', join: '1995-12', phone: '12000000074', employment: '合同制', post: '', category: '', remark: '', left_out: false, repaired: [], problems: [], notes: [], ...more,
})
export const preview = {
  columns: [{ at: 1, heading: '序号', column: 'number', from: 'heading', has_content: true }, { at: 2, heading: '工会名称', column: 'unit', from: 'heading', has_content: true }, { at: 3, heading: '姓名', column: 'name', from: 'heading', has_content: true }, { at: 4, heading: '出生日期', column: 'birth', from: 'heading', has_content: true }, { at: 5, heading: '证件', column: 'unmapped', from: 'none', has_content: true }],
  above: ['示例集团工会会员花名册'], lines_left_out: [{ line: 2503, kind: 'total', text: '小计,,2500' }],
  summary: { rows: 5000, clean: 2901, repaired: 3120, open_problems: 402, left_out: 1, ready: false, kinds: [{ kind: 'wrong check digit', what: 'problem', rows: 26, sentence: sentence('身份证号校验码不对') }, { kind: 'sex as other word', what: 'repaired', rows: 260, sentence: sentence('性别用了别的说法') }] },
  units: [{ text: '机关', rows: 420, organisation: 'u1' }, { text: '总部', rows: 12, organisation: null }],
  rows: [
    row(1, { problems: [{ column: 'birth', kind: 'wrong check digit', other: 0, acceptable: true, accepted: false }], repaired: [{ column: 'sex', kind: 'sex as other word' }] }),
    row(2, { problems: [{ column: 'name', kind: 'wrong check digit', other: 7, acceptable: false, accepted: false }], left_out: true }),
    row(3, { repaired: [{ column: 'phone', kind: 'sex as other word' }] }),
  ],
  next: 200, delegates: [],
}

/** What the fixture server answers for the desk; null where the path is none of it. */
export function answer(method, path, body, state) {
  if (path === '/api/acts' && method === 'GET') return forms
  if (path === '/api/acts/try') {
    const refused = state.refusals?.[body.act]
    if (refused !== undefined) return { problem: refused }
    return { seq: 412, sentences: [three(`将办理：${body.act}`, `將辦理：${body.act}`, `This is done: ${body.act}`)] }
  }
  if (path === '/api/acts') {
    state.asked.push(body)
    return { first: 413, last: 413, head: hash('f'), repeated: false }
  }
  const seq = state.acts.at(-1)?.seq ?? 412
  if (path.endsWith('/desk')) return { ...desk, seq, ...state.desk }
  if (path.endsWith('/steps')) return { ...steps, seq }
  if (path.endsWith('/delegates')) return { seq: 412, all: true, rows: delegates }
  if (path.endsWith('/rules') || path.startsWith('/api/packs/')) return rules
  if (path === '/api/packs') return packs
  if (path === '/api/organisations') return organisations
  if (path.endsWith('/members')) return members
  if (path.startsWith('/api/members/')) return { member: members.members[0], mandates: [{ mandate: 'mandate-1', congress: 'cong-1', number: 1, delegation: '机关', category: '', head: true, from: '2026-11-18', to: null, status: 'standing' }], history: acts.slice(0, 3).map((each) => ({ ...each, erased: false })) }
  if (path === '/api/imports/preview') return preview
  if (path.startsWith('/api/imports')) return [{ id: 'import-1', organisation: 'group', file: '花名册.csv', digest: hash('e'), on: '2026-05-20', members: 12, undone_at: null }]
  return null
}
export { congresses }
