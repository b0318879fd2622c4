// SPDX-License-Identifier: Apache-2.0
// Screen views of an invented union. Every name is made of the Hundred Surnames and the sexagenary cycle in their order,
// so that nobody can take one for a person. Whatever the program itself says on the screen is taken from its own texts.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const now = '2026-11-20T09:14:03.000Z'
const three = (hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })

const roomsOfTexts = ['app', 'congress', 'count', 'rules']
const program = (language, key) => {
  for (const room of roomsOfTexts) {
    let found = JSON.parse(readFileSync(fileURLToPath(new URL(`../../../texts/${language}/${room}.json`, import.meta.url)), 'utf8'))
    for (const name of key.split('.')) found = found?.[name]
    if (typeof found === 'string') return found
  }
  throw new Error(`the program has no text ${key}`)
}
/** A sentence of the program, `texts/<language>/`, with its facts: numbers, names, or texts in three languages. */
export const said = (key, facts = {}) =>
  three(
    ...['zh-Hans', 'zh-Hant', 'en'].map((language) =>
      program(language, key).replace(/\{(\w+)\}/g, (_, name) => {
        const fact = facts[name]
        if (fact === undefined) throw new Error(`${key} lacks ${name}`)
        return typeof fact === 'object' ? fact[language] : String(fact)
      }),
    ),
  )
const entitledName = said('count.base.entitled')
const majority = (kind, count, required) => said(`rules.sentence.${kind}_gt`, { fraction: said('rules.fraction.1_2'), base: entitledName, base_count: count, required })

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹']
const stems = [...'甲乙丙丁戊己庚辛壬癸']
const branches = [...'子丑寅卯辰巳午未申酉戌亥']
export const person = (index) => surnames[index % surnames.length] + stems[index % 10] + branches[index % 12]
export const longName = '阿卜杜甲子·买买提江样例姓名'
const units = ['示例一车间', '示例二车间', '样板机务段', '虚构客运公司', '示例设计院', '样板物业公司', '虚构仓储中心', '示例职工医院']

const fingerprint = '9f2c41ab77d05e13c04d8a16b2f9e37508c1d64e2b7a9f30515cde8842a6b701'
const record = '27d1b80c4e9f6a35d2c7108b94fe5a63017cb8d94e25f6a1380cd7e94b15f2a6'
const noFigures = { entitled: null, present: null, issued: null, returned: null, valid: null }
const present = { ...noFigures, entitled: 170, present: 158 }
const counted = { entitled: 170, present: 158, issued: 158, returned: 158, valid: 156 }

export function view(state, inside, more = {}) {
  return {
    seq: 412,
    at: now,
    utc_offset_minutes: 480,
    rehearsal: false,
    organisation: three('示例集团工会', '示例集團工會', 'Example Group Trade Union'),
    congress: three('第二届第一次会员代表大会', '第二屆第一次會員代表大會', 'Second Congress, First Session'),
    state,
    figures: present,
    fingerprint,
    scrutineers: [person(20), person(21), person(22)],
    gathering: null,
    item: null,
    vote_open: null,
    verdict: null,
    election_result: null,
    pause: null,
    ...more,
    [state]: inside,
  }
}

const delegationNames = [
  ['机关代表团', '機關代表團', 'Head office'],
  ['第一分公司代表团', '第一分公司代表團', 'First branch'],
  ['第二分公司代表团', '第二分公司代表團', 'Second branch'],
  ['设计院代表团', '設計院代表團', 'Design institute'],
  ['客运公司代表团', '客運公司代表團', 'Passenger transport company'],
  ['机务段代表团', '機務段代表團', 'Locomotive depot'],
  ['仓储中心代表团', '倉儲中心代表團', 'Warehouse centre'],
  ['物业公司代表团', '物業公司代表團', 'Property services'],
  ['职工医院代表团', '職工醫院代表團', 'Staff hospital'],
  ['新就业形态代表团', '新就業形態代表團', 'New forms of employment'],
]
const attendance = [[14, 14], [22, 21], [19, 18], [12, 12], [25, 22], [21, 20], [16, 15], [17, 14], [13, 12], [11, 10]]
export const delegations = delegationNames.map((name, index) => ({
  name: three(...name),
  entitled: attendance[index][0],
  present: attendance[index][1],
}))
const manyDelegations = (count) =>
  Array.from({ length: count }, (_, index) => ({
    name: three(
      `第${index + 1}${delegationNames[index % 10][0]}`,
      `第${index + 1}${delegationNames[index % 10][1]}`,
      `${delegationNames[index % 10][2]}, district ${index + 1}`,
    ),
    entitled: 5 + (index % 7),
    present: index % 9 === 8 ? 0 : 4 + (index % 5),
  }))

export const gathering = {
  sitting: three('第一次全体会议', '第一次全體會議', 'First plenary sitting'),
  welcome: said('screen.welcome'),
  quorum_required: 114,
  quorum_met: true,
  rule: said('rules.sentence.quorum_ge', {
    fraction: said('rules.fraction.2_3'), of: said('rules.of.entitled'), out_of: 170, required: 114, counted: 158, counts: said('rules.counts.participating'),
  }),
  delegations,
}

const documentPath = (digit) => `/documents/${digit.repeat(64)}`
export const item = {
  number: 3,
  title: three('听取和审议第一届委员会工作报告', '聽取和審議第一屆委員會工作報告', 'To hear and deliberate the work report of the first committee'),
  kind: 'report',
  presenter: person(0),
  documents: [
    { title: three('第一届委员会工作报告', '第一屆委員會工作報告', 'Work report of the first committee'), path: documentPath('3') },
    { title: three('五年工作规划（草案）', '五年工作規劃（草案）', 'Five-year plan (draft)'), path: documentPath('7') },
  ],
  next: [
    { number: 4, title: three('审查经费收支情况报告', '審查經費收支情況報告', 'To examine the finance report') },
    { number: 5, title: three('审查经费审查委员会工作报告', '審查經費審查委員會工作報告', 'To examine the report of the audit committee') },
    { number: 6, title: three('通过选举办法', '通過選舉辦法', 'To adopt the election measure') },
  ],
}

const adoptRule = majority('motion', 170, 86)
export const voteOpen = {
  number: 3,
  question: three('是否批准第一届委员会工作报告？', '是否批准第一屆委員會工作報告？', 'Shall the work report of the first committee be approved?'),
  mode: said('congress.mode.show_of_hands'),
  closes_at: null,
  voted: null,
  electorate: 158,
  rule: adoptRule,
  secret: false,
  seats: null,
  candidates: null,
}

export const verdict = {
  number: 3,
  question: voteOpen.question,
  adopted: true,
  for: 150,
  against: 3,
  abstain: 5,
  base: 'entitled',
  base_name: entitledName,
  base_count: 170,
  required: 86,
  rule: adoptRule,
}

/** Rows as the count ranks them: the elected first, votes falling, every mark somewhere. */
export function electionRows(count, seats, valid = 156) {
  const step = seats > 20 ? 1 : 5
  return Array.from({ length: count }, (_, index) => {
    const writeIn = index >= count - 2
    const elected = index < seats
    const inFavour = writeIn ? count - index : elected ? valid - 2 - index * step - (index > 20 ? 3 * (index - 20) : 0) : 84 - 9 * (index - seats)
    const votes = Math.max(0, Math.min(valid, inFavour))
    const against = writeIn ? 0 : Math.round((valid - votes) * 0.7)
    return {
      rank: index === count - 1 ? 0 : index + 1,
      name: index === 4 ? longName : person(index),
      unit: writeIn ? '' : units[index % 7],
      for: votes,
      against,
      abstain: writeIn ? 0 : valid - votes - against,
      elected,
      write_in: writeIn,
      ineligible: index === count - 1,
    }
  })
}

const higherUnion = three('示例市总工会', '示例市總工會', 'Example City Federation')
export const election = {
  body: three('第二届工会委员会委员', '第二屆工會委員會委員', 'Members of the second committee'),
  valid_election: true,
  round: 1,
  seats: 9,
  threshold: 86,
  base: 'entitled',
  base_name: entitledName,
  base_count: 170,
  scale_max: 156,
  rows: electionRows(12, 9),
  elected: 9,
  open: 0,
  tied: [],
  next: null,
  rule: majority('election', 170, 86),
  state: said('congress.body_state.pending_approval', { party: higherUnion }),
  page: 1,
  pages: 1,
  record,
}

export const pause = {
  kind: 'pause',
  sentence: said('screen.paused'),
  next: three('休会二十分钟，17:35 继续开会，进行第 6 项议程：通过选举办法。', '休會二十分鐘，17:35 繼續開會，進行第 6 項議程：通過選舉辦法。', 'Recess of twenty minutes. The sitting goes on at 17:35 with item 6: to adopt the election measure.'),
}

/** The six states as they are meant to be seen. */
export const states = {
  gathering: view('gathering', gathering),
  item: view('item', item),
  vote_open: view('vote_open', voteOpen),
  verdict: view('verdict', verdict),
  election_result: view('election_result', election, { figures: counted }),
  pause: view('pause', pause),
}

const long = three(
  '关于进一步加强产业工人队伍建设改革、完善集体协商制度、健全困难职工帮扶长效机制并同步推进新就业形态劳动者建会入会工作的决议（草案）',
  '關於進一步加強產業工人隊伍建設改革、完善集體協商制度、健全困難職工幫扶長效機制並同步推進新就業形態勞動者建會入會工作的決議（草案）',
  'Draft resolution on furthering the reform of the building of the industrial workforce, completing the system of collective consultation, establishing lasting means of help for workers in hardship, and organising workers in new forms of employment at the same time',
)
/** As long as a notice and an announcement may be, in every language. */
const most = 200
const longest = Object.fromEntries(Object.entries(long).map(([language, text]) => [language, `${text}；${text}；${text}；${text}`.slice(0, most)]))
const thirtyThree = electionRows(33, 31)
const shortfall = electionRows(40, 28).map((row, index) => (index === 29 ? { ...row, for: 84 } : row))

/** What breaks layouts: long names and sentences, many rows, nothing at all, and the rarer outcomes. */
export const edges = {
  rehearsal: view('verdict', verdict, { rehearsal: true }),
  rehearsal_election: view('election_result', { ...election, rows: thirtyThree, seats: 31, elected: 31, pages: 3, page: 3 }, { rehearsal: true, figures: counted }),
  rehearsal_gathering: view('gathering', gathering, { rehearsal: true }),
  quorum_missing: view('gathering', { ...gathering, quorum_met: false, delegations: manyDelegations(26) }, { figures: { ...present, present: 98 } }),
  delegations_39: view('gathering', { ...gathering, delegations: manyDelegations(39) }, { figures: { ...noFigures, entitled: 1330, present: 1218 } }),
  nobody: view('gathering', { ...gathering, quorum_met: false, delegations: [] }, { figures: { ...present, present: 0 }, scrutineers: [] }),
  long_item: view('item', { ...item, number: 14, title: long, presenter: longName, kind: 'resolution', documents: [item.documents[0], item.documents[1], { title: long, path: documentPath('5') }, { title: long, path: documentPath('6') }, { title: long, path: documentPath('8') }], next: [{ number: 15, title: long }, { number: 16, title: long }] }),
  bare_item: view('item', { ...item, kind: 'unheard_of', presenter: null, documents: [], next: [] }),
  one_document: view('item', { ...item, documents: [item.documents[0]], next: item.next.slice(0, 1) }),
  long_vote: view('vote_open', { ...voteOpen, number: 14, question: long, closes_at: null }),
  countdown: view('vote_open', { ...voteOpen, closes_at: '2026-11-20T09:18:08.000Z', secret: true, mode: said('congress.mode.secret') }),
  election_open: view('vote_open', { ...voteOpen, number: null, question: said('screen.elect', { body: election.body }), mode: said('congress.mode.secret'), rule: election.rule, secret: true, seats: 31, candidates: 33 }, { figures: { ...present, issued: 158 } }),
  election_among_tied: view('vote_open', { ...voteOpen, number: null, question: said('screen.elect', { body: election.body }), mode: said('congress.mode.secret'), rule: said('rules.sentence.election_none'), secret: true, seats: 1, candidates: 2 }, { figures: { ...present, issued: 158 } }),
  not_adopted: view('verdict', { ...verdict, adopted: false, for: 71, against: 60, abstain: 25, question: long, number: 14 }),
  zero_votes: view('verdict', { ...verdict, adopted: false, for: 0, against: 0, abstain: 0, number: null }),
  thousands: view('verdict', { ...verdict, for: 1204, against: 39, abstain: 27, base_count: 1330, required: 666, rule: majority('motion', 1330, 666) }, { figures: { entitled: 1330, present: 1271, issued: 1271, returned: 1270, valid: 1270 } }),
  election_counting: view('pause', { kind: 'counting', sentence: said('screen.counting', { body: election.body }), next: said('screen.during_count') }, { figures: { ...counted, valid: null } }),
  no_quorum_rule: view('gathering', { ...gathering, quorum_required: null, quorum_met: false, rule: three('', '', '') }),
  soon: view('pause', { kind: 'soon', sentence: said('screen.soon', { congress: states.item.congress }), next: said('screen.begins', { date: three('2026年11月21日', '2026年11月21日', '21 November 2026'), place: three('示例会堂', '示例會堂', 'the Example Hall') }) }, { figures: noFigures, scrutineers: [] }),
  between_sittings: view('pause', { kind: 'between_sittings', sentence: said('screen.sitting_over', { title: gathering.sitting }), next: said('screen.wait') }),
  nominated: view('pause', { kind: 'notice', sentence: three('第二届女职工委员会已产生，共 7 名：丁示例、戊示例、乙演练、丁演练、戊演练、丁样本、甲样本（提名协商产生，待虚构有色金属产业工会批准）', '第二屆女職工委員會已產生，共 7 名：丁示例、戊示例、乙演練、丁演練、戊演練、丁樣本、甲樣本（提名協商產生，待虛構有色金屬產業工會批准）', 'The second women workers’ committee is formed. Members (7): 丁示例, 戊示例, 乙演练, 丁演练, 戊演练, 丁样本, 甲样本 (nominated by consultation, pending approval by the Invented Industrial Union of Nonferrous Metals)'), next: null }),
  election_long_state: view('election_result', { ...election, rows: electionRows(34, 31), seats: 31, elected: 31, pages: 3, page: 3, state: three('当选，待虚构有色金属产业工会批准', '當選，待虛構有色金屬產業工會批准', 'elected, pending approval by the Invented Industrial Union of Nonferrous Metals') }, { rehearsal: true, figures: counted }),
  election_page_2: view('election_result', { ...election, rows: thirtyThree, seats: 31, elected: 31, pages: 3, page: 2 }, { figures: counted }),
  election_page_3: view('election_result', { ...election, rows: thirtyThree, seats: 31, elected: 31, pages: 3, page: 3 }, { figures: counted }),
  election_shortfall: view(
    'election_result',
    {
      ...election,
      rows: shortfall,
      seats: 31,
      elected: 28,
      open: 3,
      tied: [person(28), person(29)],
      round: 2,
      pages: 4,
      page: 3,
      next: said('congress.next.revote_among_tied'),
      state: said('congress.body_state.incomplete'),
    },
    { figures: counted, scrutineers: Array.from({ length: 7 }, (_, index) => person(20 + index)) },
  ),
  election_zero: view('election_result', { ...election, valid_election: false, threshold: null, base_count: 0, elected: 0, open: 9, rows: [], scale_max: 0, rule: said('rules.sentence.election_gt_open', { fraction: said('rules.fraction.1_2'), base: entitledName }), state: said('congress.body_state.incomplete'), next: said('congress.next.repeat_election') }, { figures: { ...counted, returned: 159, valid: null } }),
  plurality: view('election_result', { ...election, threshold: null, base: 'none', base_name: said('count.base.none'), base_count: 0, rule: said('rules.sentence.election_none') }, { figures: counted }),
  no_quorum: view('pause', { kind: 'no_quorum', sentence: said('screen.no_quorum'), next: null }),
  longest_notice: view('pause', { kind: 'notice', sentence: longest, next: longest }),
  long_notice: view('pause', { kind: 'notice', sentence: long, next: long }),
  closed: view('pause', { kind: 'closed', sentence: said('screen.closed', { congress: states.item.congress }), next: null }),
}

export const congresses = [
  { id: 'cong-1', organisation: states.item.organisation, title: states.item.congress, phase: 'in_session', rehearsal: true, on_screen: true },
  { id: 'cong-0', organisation: states.item.organisation, title: three('第一届第五次会员代表大会', '第一屆第五次會員代表大會', 'First Congress, Fifth Session'), phase: 'approved', rehearsal: false, on_screen: false },
  { id: 'cong-x', organisation: states.item.organisation, title: three('第一届第四次会员代表大会', '第一屆第四次會員代表大會', 'First Congress, Fourth Session'), phase: 'unheard_of', rehearsal: false, on_screen: false },
]

const sentences = [
  ['delegate_checked_in', said('congress.event.delegate_checked_in', { name: person(3), method: said('congress.method.card'), present: 158 })],
  ['item_called', said('congress.event.item_called', { item: item.title })],
  ['question_put', said('congress.event.question_put', { mode: voteOpen.mode, text: voteOpen.question, rule: adoptRule })],
  ['question_decided', said('congress.event.question_decided.adopted.by_count', { subject: said('congress.subject.report', { item: item.documents[0].title }), for: 150, against: 3, abstain: 5, not_voting: 0, base: entitledName, base_count: 170, required: 86 })],
]
export const acts = Array.from({ length: 12 }, (_, index) => ({
  seq: 401 + index,
  kind: sentences[index % 4][0],
  at: `2026-11-20T09:${String(index + 2).padStart(2, '0')}:03.000Z`,
  actor: 'session 1',
  sentence: sentences[index % 4][1],
}))
/** The same act as the live stream tells it. */
export const live = (act) => ({ seq: act.seq, stream: 'congress/cong-1', kind: act.kind, at: act.at, body: {} })
