// SPDX-License-Identifier: Apache-2.0
// Screen views of an invented union. Every name is made of the Hundred Surnames and the sexagenary cycle in their order,
// so that nobody can take one for a person.

export const now = '2026-11-20T09:14:03.000Z'
const three = (hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })

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
  welcome: three('欢迎各位代表。请在入口处签到后就座。', '歡迎各位代表。請於入口處簽到後就座。', 'Welcome, delegates. Please check in at the entrance and take your seats.'),
  quorum_required: 114,
  quorum_met: true,
  rule: three(
    '应到代表 170 人，实到三分之二以上（114 人）方可开会。',
    '應到代表 170 人，實到三分之二以上（114 人）方可開會。',
    'The congress may sit when two thirds or more of the 170 delegates entitled are present: 114.',
  ),
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

const adoptRule = three(
  '赞成票超过应到代表 170 人的半数，即 86 票，为通过。',
  '贊成票超過應到代表 170 人的半數，即 86 票，為通過。',
  'Adopted when more than half of the 170 delegates entitled vote for: 86.',
)
export const voteOpen = {
  number: 3,
  question: three('是否批准第一届委员会工作报告？', '是否批准第一屆委員會工作報告？', 'Shall the work report of the first committee be approved?'),
  mode: three('电子表决', '電子表決', 'Electronic vote'),
  closes_at: '2026-11-20T09:18:08.000Z',
  voted: 120,
  electorate: 158,
  rule: adoptRule,
  secret: true,
  seats: null,
  candidates: null,
}

export const verdict = {
  number: 3,
  question: three('批准第一届委员会工作报告', '批准第一屆委員會工作報告', 'To approve the work report of the first committee'),
  adopted: true,
  for: 150,
  against: 3,
  abstain: 5,
  base: 'entitled',
  base_name: three('应到代表', '應到代表', 'delegates entitled'),
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
      rank: index + 1,
      name: index === 4 ? longName : person(index),
      unit: writeIn ? units[7] : units[index % 7],
      for: votes,
      against,
      abstain: writeIn ? 0 : valid - votes - against,
      elected,
      write_in: writeIn,
      ineligible: index === count - 1,
    }
  })
}

export const election = {
  body: three('第二届工会委员会委员', '第二屆工會委員會委員', 'Members of the second committee'),
  valid_election: true,
  round: 1,
  seats: 9,
  threshold: 86,
  base: 'entitled',
  base_name: three('应到代表', '應到代表', 'delegates entitled'),
  base_count: 170,
  scale_max: 156,
  rows: electionRows(12, 9),
  elected: 9,
  open: 0,
  tied: [],
  next: null,
  rule: three(
    '赞成票超过应到代表 170 人的半数，即 86 票，得票多者当选。',
    '贊成票超過應到代表 170 人的半數，即 86 票，得票多者當選。',
    'Elected with more than half of the 170 delegates entitled: 86. The most votes come first.',
  ),
  state: three('当选，待上级工会批准', '當選，待上級工會批准', 'Elected, pending approval by the union above'),
  page: 1,
  pages: 1,
  record,
}

export const pause = {
  kind: 'pause',
  sentence: three('休会二十分钟，十七时三十五分继续开会。', '休會二十分鐘，十七時三十五分繼續開會。', 'The congress is in recess and sits again at 17:35.'),
  next: three('第 6 项：通过选举办法', '第 6 項：通過選舉辦法', 'Item 6: to adopt the election measure'),
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
  show_of_hands: view('vote_open', { ...voteOpen, voted: null, closes_at: null, secret: false, mode: three('举手表决', '舉手表決', 'Show of hands') }),
  election_open: view('vote_open', { ...voteOpen, question: three('选举第二届工会委员会委员', '選舉第二屆工會委員會委員', 'Election of the members of the second committee'), mode: three('无记名投票', '無記名投票', 'Secret ballot'), seats: 31, candidates: 33, closes_at: '2026-11-20T10:40:00.000Z' }),
  not_adopted: view('verdict', { ...verdict, adopted: false, for: 71, against: 60, abstain: 25, question: long, number: 14 }),
  zero_votes: view('verdict', { ...verdict, adopted: false, for: 0, against: 0, abstain: 0, number: null }),
  thousands: view('verdict', { ...verdict, for: 1204, against: 39, abstain: 27, base_count: 1330, required: 666 }, { figures: { entitled: 1330, present: 1271, issued: 1271, returned: 1270, valid: 1270 } }),
  election_counting: view('pause', { kind: 'counting', sentence: three('第二届工会委员会委员的选票正在清点', '第二屆工會委員會委員的選票正在清點', 'The ballots for the members of the second committee are being counted'), next: three('两名计票人分别清点，结果一致后由监票人确认，大会主席宣布。', '兩名計票人分別清點，結果一致後由監票人確認，大會主席宣布。', 'Two tellers count apart. When both counts agree and the scrutineers have certified them, the chair declares the result.') }, { figures: { ...counted, valid: null } }),
  no_quorum_rule: view('gathering', { ...gathering, quorum_required: null, quorum_met: false, rule: three('', '', '') }),
  soon: view('pause', { kind: 'soon', sentence: states.item.congress, next: three('2026年11月21日在示例会堂开幕', '2026年11月21日於示例會堂開幕', 'Opens on 21 November 2026 in the Example Hall') }, { figures: noFigures, scrutineers: [] }),
  between_sittings: view('pause', { kind: 'between_sittings', sentence: three('第一次全体会议已结束', '第一次全體會議已結束', 'The first plenary sitting is over'), next: three('请等候下次会议', '請等候下次會議', 'Please wait for the next sitting') }),
  nominated: view('pause', { kind: 'notice', sentence: three('第二届女职工委员会已产生，共 7 名：丁示例、戊示例、乙演练、丁演练、戊演练、丁样本、甲样本（提名协商产生，待虚构有色金属产业工会批准）', '第二屆女職工委員會已產生，共 7 名：丁示例、戊示例、乙演練、丁演練、戊演練、丁樣本、甲樣本（提名協商產生，待虛構有色金屬產業工會批准）', 'The second women workers’ committee is formed, with 7 members: 丁示例, 戊示例, 乙演练, 丁演练, 戊演练, 丁样本, 甲样本 (nominated by consultation, pending approval by the Invented Industrial Union of Nonferrous Metals)'), next: null }),
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
      next: three('尚缺的 3 名另行选举，候选人为未当选者。', '尚缺的 3 名另行選舉，候選人為未當選者。', 'The 3 open seats are put to a second round among those not elected.'),
    },
    { figures: counted, scrutineers: Array.from({ length: 7 }, (_, index) => person(20 + index)) },
  ),
  election_zero: view('election_result', { ...election, valid_election: false, threshold: null, base_count: 0, elected: 0, open: 9, rows: electionRows(12, 0).map((row) => ({ ...row, for: 0, against: 0, abstain: 0 })), scale_max: 0, state: three('收回的选票多于发出的选票', '收回的選票多於發出的選票', 'More ballots were returned than issued'), next: three('须重新投票。', '須重新投票。', 'The ballot must be held again.') }, { figures: { ...counted, returned: 159, valid: 0 } }),
  plurality: view('election_result', { ...election, threshold: null, base: 'none', base_count: 0, rule: three('得票多者当选。', '得票多者當選。', 'Those with the most votes are elected.') }, { figures: counted }),
  no_quorum: view('pause', { kind: 'no_quorum', sentence: three('到会代表不足法定人数，会议暂停。', '到會代表不足法定人數，會議暫停。', 'Fewer delegates are present than the quorum asks for. The sitting is suspended.'), next: null }),
  long_notice: view('pause', { kind: 'notice', sentence: long, next: long }),
  closed: view('pause', { kind: 'closed', sentence: three('大会圆满完成各项议程，现在闭幕。', '大會圓滿完成各項議程，現在閉幕。', 'The congress has completed its agenda and is closed.'), next: null }),
}

export const congresses = [
  { id: 'cong-1', organisation: states.item.organisation, title: states.item.congress, phase: 'in_session', rehearsal: true },
  { id: 'cong-0', organisation: states.item.organisation, title: three('第一届第五次会员代表大会', '第一屆第五次會員代表大會', 'First Congress, Fifth Session'), phase: 'approved', rehearsal: false },
  { id: 'cong-x', organisation: states.item.organisation, title: three('第一届第四次会员代表大会', '第一屆第四次會員代表大會', 'First Congress, Fourth Session'), phase: 'unheard_of', rehearsal: false },
]

const sentences = [
  ['delegate_checked_in', three(`${person(3)}签到（刷卡），现有 158 人到会。`, `${person(3)}簽到（刷卡），現有 158 人到會。`, `${person(3)} checks in (card); 158 are present.`)],
  ['item_called', three('进行议程：听取和审议第一届委员会工作报告。', '進行議程：聽取和審議第一屆委員會工作報告。', 'Item called: to hear and deliberate the work report of the first committee.')],
  ['question_put', three('付诸表决（举手）：是否批准第一届委员会工作报告？赞成票超过应到代表 170 人的半数，即 86 票，为通过。', '付諸表決（舉手）：是否批准第一屆委員會工作報告？贊成票超過應到代表 170 人的半數，即 86 票，為通過。', 'Put to the vote (show of hands): shall the work report of the first committee be approved? Adopted by more than half of the 170 delegates entitled: 86.')],
  ['question_decided', three('通过：第一届委员会工作报告。赞成 150，反对 3，弃权 5。', '通過：第一屆委員會工作報告。贊成 150，反對 3，棄權 5。', 'Adopted: work report of the first committee. For 150, against 3, abstentions 5.')],
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
