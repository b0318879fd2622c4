// SPDX-License-Identifier: Apache-2.0
// The console alone takes a group's congress from an empty database to its communique: the real program, its real pages, and
// nothing done but what a secretary, a chair and two tellers do with mouse and keyboard. The way is that of
// examples/group-congress, in full with its 170 delegates of thirteen units, or with the thirty of its first three.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPage } from './browser.mjs'
import { axe, layout, watch } from './checks.mjs'
import { groupCongress, rosterCsv, sheetFor, three } from './group-congress.mjs'
import { Hands } from './hands.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const expect = (holds, sentence) => (holds ? [] : [sentence])
const utcOffsetMinutes = 480
/** A date of the hall's calendar, so many days from today: what was done before the congress was done before today. */
const day = (from) => new Date(Date.now() + utcOffsetMinutes * 60_000 + from * 86_400_000).toISOString().slice(0, 10)

/** Starts the program on a database that does not exist yet. */
export function serveEmpty(binary, folder) {
  const data = join(folder, 'plenum.sqlite')
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--pages', 'build/web'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    const late = setTimeout(() => reject(new Error(`no link within a minute; printed:\n${printed}`)), 60_000)
    const read = (part) => {
      printed += part
      const link = printed.match(/https?:\/\/\S+\/console\/#\S+/)?.[0]
      if (link === undefined) return
      clearTimeout(late)
      resolve({ child, link, origin: new URL(link).origin })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}; printed:\n${printed}`)))
  })
}

/** The stations of the congress in their order; each is done by the hands and answers its faults. `pageFaults` is what the page tells meanwhile. */
export function stations(hands, origin, group, pageFaults) {
  const { page } = hands
  const { id, units, people, name } = group
  /** How many are in the hall. */
  let present = 0

  const found = async (organisation, level, form, names, on) => {
    await page.click('[data-found]')
    await hands.opened()
    await hands.fill({ organisation, level, form, name: names, on })
    await hands.put()
  }
  const relate = async (organisation, parent, relation, from) => {
    await page.click('[data-add-parent]')
    await hands.opened()
    await hands.fill({ organisation, parent, relation, from })
    await hands.put()
  }
  const request = async (key, fields) => {
    await page.click(`[data-request="${key}"]`)
    await hands.opened()
    await hands.fill(fields)
    await hands.put()
  }
  const consent = async (key) => {
    await request(key, { document: '虚工〔2026〕8号' })
    await request(key, { granted: true, document: '虚党〔2026〕31号' })
  }
  /** Declares the vote on the open question: so many against and abstaining, the rest in favour by one button. */
  const declare = async (against, abstain) => {
    await page.waitForSelector('[data-declare]')
    if (against !== null) {
      await page.fill('#declare-against', String(against))
      await page.fill('#declare-abstain', String(abstain))
      await page.click('[data-rest]')
    }
    await page.click('[data-declare]')
    await hands.opened()
    await hands.confirm()
  }
  /** Puts the question that the step with these words suggests. `mustFill`: though the books know everything, a person changes it. */
  const question = async (suggestion, words, subject, { mode = 'show_of_hands', mustFill = false, against = 1, abstain = 2 } = {}) => {
    await hands.at('/questions')
    await hands.step('congress.put_question', suggestion)
    await page.locator('[data-put], [data-confirm]').first().waitFor()
    if (mustFill && (await page.locator('[data-back]').isVisible())) await page.click('[data-back]')
    if (await page.locator('[data-put]').isVisible()) {
      await hands.fill({ text: words, mode })
      await subject()
      await hands.put()
    } else await hands.confirm()
    await declare(mode === 'acclamation' ? null : against, abstain)
  }
  const kind = (word) => page.selectOption(`${hands.field('subject')}-kind`, word)
  const hall = async (count) => {
    await page.waitForFunction((wanted) => document.querySelector('[data-present]')?.textContent === String(wanted), count, { timeout: 60_000 })
    present = count
  }
  /** One by the number, as the queue comes; the rest as a batch, without those who are not there. */
  const checkIn = async (missing) => {
    await hands.at('/check-in')
    await page.fill('#check-in-search', '17')
    await page.keyboard.press('Enter')
    await hall(1)
    await page.check('.data thead input[type=checkbox]')
    for (const one of missing) {
      await page.fill('main .data [data-search]', one)
      await page.uncheck(`[data-row="${one}"] input[type=checkbox]`)
    }
    await page.fill('main .data [data-search]', '')
    await page.click('[data-check-in]')
    await hall(people.length - missing.length)
  }
  const openSitting = async (words, elects, chair, missing) => {
    await hands.at('/sitting')
    await hands.step('congress.open_check_in')
    // What the server knows by itself, the preparatory meeting, is put to the question at once.
    await page.locator('[data-put], [data-confirm]').first().waitFor()
    if (await page.locator('[data-put]').isVisible()) {
      await hands.fill({ title: words, elects })
      await hands.put()
    } else await hands.confirm()
    await checkIn(missing)
    await hands.next('congress.open_sitting')
    await hands.fill({ chair })
    await hands.put()
  }
  const closeSitting = async () => {
    await hands.at('/sitting')
    await hands.step('congress.close_sitting')
    await hands.confirm()
  }
  const itemAct = async (item, act) => {
    await hands.at('/agenda')
    await page.click(`[data-row="${item}"] [data-act="${act}"]`)
    await hands.opened()
  }
  const callItem = async (item) => {
    await itemAct(item, 'congress.call_item')
    await hands.confirm()
  }

  const enter = async (figures) => {
    await page.fill('#count-returned', String(figures.returned))
    await page.fill('#count-invalid', String(figures.invalid))
    for (const [candidate, marks] of Object.entries(figures.votes)) {
      for (const [mark, votes] of Object.entries(marks)) await page.fill(`[data-candidate="${candidate}"] [data-mark="${mark}"]`, String(votes))
    }
    for (const [index, [written, votes]] of figures.writeIns.entries()) {
      await page.click('[data-add-write-in]')
      await page.fill(`#write-in-${index}`, written)
      await page.fill(`#write-in-votes-${index}`, String(votes))
    }
  }
  /** From the list to the result that is declared. In the assembly the second teller slips once, and a paper is invalid. */
  const ballot = async (body, title, list, assembly, writeIns = []) => {
    const faults = []
    await hands.at('/elections')
    await page.click(`[data-prepare="${body}"]`)
    await hands.opened()
    await hands.confirm()
    await page.getByRole('link', { name: new RegExp(`^${title} · `) }).first().click()
    await page.waitForSelector('[data-paste]', { state: 'attached' })
    await page.click('.candidates details summary')
    await page.fill('#candidate-paste', list.map(name).join('\n'))
    await page.click('[data-paste]')
    if (body === 'committee') await hands.picture('candidates')
    await page.click('[data-nominate-list]')
    await hands.opened()
    await hands.confirm()
    await page.click('[data-put-list]:not([disabled])')
    await hands.opened()
    await page.locator('[data-put], [data-confirm]').first().waitFor()
    if (await page.locator('[data-put]').isVisible()) await page.click('[data-put]')
    await hands.confirm()
    const back = page.url().split('#')[1]
    await hands.at('/questions')
    if (body === 'committee') await hands.picture('question')
    await declare(assembly ? 1 : 0, assembly ? 2 : 1)
    await hands.go(back)
    await page.fill('#teller-0', '甲计票')
    await page.fill('#teller-1', '乙计票')
    await page.click('[data-appoint]')
    await hands.opened()
    await hands.confirm()
    await page.click('[data-measure]')
    await hands.opened()
    await hands.confirm()
    await page.click('[data-box]')
    await hands.opened()
    await hands.put()
    await page.click('[data-issue]')
    await hands.opened()
    const spoilt = assembly ? 1 : 0
    await hands.fill({ printed: present + spoilt + 3, issued: present, spoilt, unused: 3 })
    await hands.put()
    await page.click('[data-collect]')
    await hands.opened()
    await hands.fill({ returned: present })
    await hands.put()
    const invalid = assembly ? 1 : 0
    const right = { returned: present, invalid, votes: sheetFor(list, group.weak[body] ?? [], present - invalid, assembly), writeIns }
    const [first] = list
    const slip = { ...right.votes[first], for: right.votes[first].for - 1, against: right.votes[first].against + 1 }
    const count = async (teller, figures) => {
      await page.locator('.tellers li').nth(teller).getByRole('link').click()
      await page.waitForSelector('#count-returned')
      // What another teller entered, or this one before, stands nowhere on the page.
      const shown = await page.$$eval('.count-table input', (all) => all.map((each) => each.value).join(''))
      faults.push(...expect(shown === '', `the form of teller ${teller + 1} shows ${shown}`))
      await enter(figures)
      if (body === 'committee' && teller === 0) await hands.picture('count')
      await page.click('[data-enter-count]')
      await page.waitForSelector('.tellers')
    }
    await count(0, right)
    if (assembly) {
      await count(1, { ...right, votes: { ...right.votes, [first]: slip } })
      await page.waitForSelector('.note.attention')
      faults.push(...expect(await page.locator('[data-compare]').isDisabled(), 'counts that differ can be taken for agreed'))
      if (body === 'committee') await hands.picture('counts-differ')
    }
    await count(1, right)
    await page.waitForSelector('.good-note')
    await page.click('[data-compare]:not([disabled])')
    await hands.opened()
    await hands.confirm()
    for (const _ of writeIns) {
      await page.click('[data-check-write-in]')
      await hands.opened()
      await hands.fill({ eligible: false, reason: '不是代表' })
      await hands.put()
    }
    await page.click('[data-certify]:not([disabled])')
    await hands.opened()
    await hands.put()
    await page.click('[data-declare-result]')
    await hands.opened()
    if (body === 'committee') hands.picturing = 'declare-result'
    await hands.confirm()
    await page.waitForFunction(() => document.querySelector('[data-declare-result]') === null)
    const elected = list.filter((each) => !(group.weak[body] ?? []).includes(each))
    const marked = await page.$$eval('.data tbody tr', (rows) => rows.filter((row) => row.querySelector('.state-word.granted') !== null).length)
    return [...faults, ...expect(marked === elected.length, `${marked} of ${elected.length} are marked as elected`)]
  }
  const titleOf = (body) => group.bodies.find((each) => each.name === body).title['zh-Hans']

  return {
    async register() {
      await hands.go('/register')
      await found('industry', 'nation', 'industrial', three('虚构有色金属产业工会', '虛構有色金屬產業工會', 'Invented Industrial Union of Nonferrous Metals'), '1991-05-01')
      await found('group', 'basic', 'committee', three('虚构集团公司工会', '虛構集團公司工會', 'Invented Group Company Union'), '2021-10-15')
      for (const unit of units) await found(unit.id, 'branch', 'committee', unit.name, '2021-10-15')
      for (const relation of ['leads', 'approves_elections']) await relate('group', 'industry', relation, '2021-10-15')
      for (const unit of units) await relate(unit.id, 'group', 'leads', '2021-10-15')
      const rows = await page.$$eval('.data tbody tr', (all) => all.length)
      return expect(rows === units.length + 2, `${rows} organisations in the tree`)
    },
    async plan() {
      await hands.go('/plan')
      await page.waitForFunction(() => document.querySelectorAll('#plan-pack option').length > 1)
      await page.selectOption('#plan-organisation', 'group')
      await page.fill('#plan-id', id)
      await page.selectOption('#plan-pack', 'cn-grassroots-2016')
      await page.click('[data-plan]')
      await hands.opened()
      await hands.fill({
        'numbering.style': 'term_and_session', 'numbering.term': 2, 'numbering.session': 1, congress_kind: 'electing', rehearsal: true, members: group.members, women_members: group.women, delegates: people.length, term_years: 5,
        begins_on: day(0), ends_on: day(1), place: three('虚构会堂', '虛構會堂', 'the Invented Hall'), utc_offset_minutes: utcOffsetMinutes,
      })
      for (const [index, body] of group.bodies.entries()) {
        await page.locator(`${hands.field('bodies')} > p > button`).click()
        await hands.fill({ [`bodies[${index}].name`]: body.name, [`bodies[${index}].title`]: body.title, [`bodies[${index}].seats`]: body.seats })
      }
      await hands.put()
      await page.waitForSelector('[data-next]')
      return expect(await page.isVisible('.rehearsal-plate'), 'a rehearsal is not marked')
    },
    async values() {
      await hands.at('/rules')
      await page.check('.data thead input[type=checkbox]')
      await page.click('[data-confirm-values]')
      await hands.opened()
      await hands.confirm()
      await page.waitForFunction(() => document.querySelector('[data-confirm-values]') === null && document.querySelectorAll('.data').length === 1)
      return []
    },
    async holding() {
      await hands.at('/prepare')
      for (const party of ['party_same_level', 'higher_union']) await consent(`holding  ${party}`)
      const granted = await page.locator('.data tbody .granted').count()
      return expect(granted === 2, `${granted} consents`)
    },
    async allocation() {
      await hands.at('/units')
      await page.waitForSelector('[data-unit="hq"]')
      const cell = (unit) => page.locator(`[data-unit="${unit.id}"] input[inputmode]`)
      for (const unit of units) await cell(unit).first().fill(String(unit.members))
      await page.fill('#allocation-least', String(group.minimum))
      await page.click('[data-propose]')
      const seatsOf = () => page.$$eval('[data-unit]', (all) => all.map((row) => Number([...row.querySelectorAll('input[inputmode]')].at(-1).value)))
      const proposed = await seatsOf()
      const sum = proposed.reduce((all, seats) => all + seats, 0)
      // The union's own decision stands where it is another one than the proposal.
      for (const unit of units) await cell(unit).last().fill(String(unit.seats))
      await hands.picture('allocation')
      await page.click('[data-allocate]')
      await hands.opened()
      await hands.confirm()
      await page.waitForSelector('[data-row="hq"]')
      return expect(sum === people.length && proposed.every((seats) => seats >= group.minimum), `the proposal is ${proposed}`)
    },
    async roster() {
      await hands.at('/roster')
      await page.check('[data-synthetic]')
      await page.waitForSelector('#roster-file:enabled')
      await page.setInputFiles('#roster-file', { name: '代表名册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rosterCsv(group)}`) })
      await page.waitForSelector('[data-ready].granted', { timeout: 20_000 })
      const rows = await page.textContent('[data-rows]')
      await hands.picture('roster')
      await page.waitForSelector('[data-figure]')
      for (const unit of units) {
        const figures = { participating: Math.floor(unit.members * 0.95), candidates: Math.ceil(unit.seats * 1.15) + 1, least_votes: Math.floor(unit.members * 0.6) + 1 }
        for (const [figure, value] of Object.entries(figures)) await page.fill(`[data-unit="${unit.id}"] [data-figure="${figure}"]`, String(value))
      }
      await page.click('[data-put-reports]:not([disabled])')
      await page.click('[data-report]')
      await page.waitForSelector('[data-register]', { timeout: 20_000 })
      await page.click('[data-register]')
      await hands.opened()
      await hands.confirm()
      await page.waitForSelector('.good-note')
      const said = await page.textContent('.good-note')
      return [...expect(Number(rows) === people.length, `${rows} rows of ${people.length}`), ...expect(said.includes(` ${people.length} `), `it says ${said}`)]
    },
    async credentials() {
      await hands.at('/delegates')
      await page.check('.data thead input[type=checkbox]')
      await page.click('[data-review="valid"]')
      await hands.opened()
      await hands.confirm()
      await page.waitForFunction(() => document.querySelector('.data tbody .valid') !== null && document.querySelector('.data tbody .pending') === null)
      await page.fill('main [data-search]', name('d017'))
      await page.locator('.data tbody tr').getByRole('button').last().click()
      await page.waitForSelector('.el-drawer .details')
      const told = await page.textContent('.el-drawer .details')
      await hands.picture('delegate')
      await page.keyboard.press('Escape')
      await page.fill('main [data-search]', '')
      return expect(told.includes(people[16].post) && told.includes(name('d017')), `the drawer says ${told}`)
    },
    async documents() {
      await hands.at('/documents')
      for (const [title, text] of [[three('第一届委员会工作报告', '第一屆委員會工作報告', 'Work report of the first committee'), group.documents.work], [three('第一届经费审查委员会工作报告', '第一屆經費審查委員會工作報告', 'Report of the first fund-audit committee'), group.documents.audit]]) {
        for (const [language, words] of Object.entries(title)) await page.fill(`#lay-name-${language}`, words)
        await page.setInputFiles('#lay-file', { name: 'report.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
        await page.waitForFunction(() => document.querySelector('#lay-markdown').value !== '')
        await page.click('[data-lay]')
        await hands.opened()
        await hands.confirm()
      }
      return expect((await page.locator('.data tbody tr').count()) === 2, 'not two documents')
    },
    async consents() {
      await hands.at('/prepare')
      const elected = group.bodies.filter((body) => body.name !== 'womens_committee')
      for (const body of elected) for (const party of ['party_same_level', 'higher_union']) await consent(`candidates ${body.name} ${party}`)
      return []
    },
    async preparatory() {
      await openSitting(three('预备会议', '預備會議', 'preparatory meeting'), false, 'd001', group.absent.preparatory)
      await question(/办法/, three('通过《大会表决办法》', '通過《大會表決辦法》', 'Shall the rules on voting be adopted?'), async () => {
        await kind('measure')
        await hands.fill({ 'subject.measure.title': three('大会表决办法', '大會表決辦法', 'Rules on voting'), 'subject.measure.toml': group.votingRules })
      })
      await question(/资格审查/, three('通过代表资格审查报告', '通過代表資格審查報告', 'Shall the credentials report be adopted?'), () => kind('credentials_report'))
      await question(/主席团/, three('通过大会主席团和秘书长名单', '通過大會主席團和秘書長名單', 'Shall the presidium and the secretary-general be elected?'), async () => {
        await kind('presidium')
        await hands.choose('subject.presidium.members', group.presidium)
        await hands.fill({ 'subject.presidium.secretary_general': group.secretary })
      })
      await question(/议程/, three('通过大会议程', '通過大會議程', 'Shall the agenda be adopted?'), async () => {
        await kind('agenda')
        const items = [
          ['work-report', 'report', three('第一届委员会工作报告', '第一屆委員會工作報告', 'Work report of the first committee'), ''],
          ['audit-report', 'report', three('第一届经费审查委员会工作报告', '第一屆經費審查委員會工作報告', 'Report of the first fund-audit committee'), ''],
          ['measure', 'measure', three('通过选举办法', '通過選舉辦法', 'Election measure'), ''],
          ['committee', 'election', three('选举第二届委员会', '選舉第二屆委員會', 'Election of the second committee'), 'committee'],
          ['audit', 'election', three('选举第二届经费审查委员会', '選舉第二屆經費審查委員會', 'Election of the second fund-audit committee'), 'audit_committee'],
          ['women', 'nomination', three('产生第二届女职工委员会', '產生第二屆女職工委員會', 'Second women workers’ committee'), 'womens_committee'],
          ['resolutions', 'resolution', three('通过大会决议', '通過大會決議', 'Resolutions'), ''],
        ]
        for (const [index, [item, type, title, body]] of items.entries()) {
          const at = `subject.agenda.items[${index}]`
          await page.locator(`${hands.field('subject.agenda.items')} > p > button`).click()
          await hands.fill({ [`${at}.id`]: item, [`${at}.type`]: type, [`${at}.title`]: title, [`${at}.body`]: body })
        }
      })
      await closeSitting()
      await hands.at('/presidium')
      await hands.step('congress.meet_presidium')
      await hands.choose('executive_chairs', group.executives)
      await hands.put()
      await hands.at('/agenda')
      return expect((await page.locator('.data tbody tr').count()) === 7, 'the agenda has not seven items')
    },
    async reports() {
      await openSitting(three('第一次全体会议', '第一次全體會議', 'first plenary sitting'), false, 'd001', group.absent.first)
      await hands.at('/sitting')
      await hands.step('congress.note_fact')
      await hands.fill({ text: three('全体起立，奏唱国歌。', '全體起立，奏唱國歌。', 'All rise for the anthem.') })
      await hands.put()
      for (const [item, presenter] of [['work-report', name('d001')], ['audit-report', name('d013')]]) {
        await callItem(item)
        await itemAct(item, 'congress.hear_report')
        await hands.fill({ presenter, delivery: 'read_out' })
        await hands.put()
        for (const unit of units) {
          await page.locator(`[data-row="${item}"]`).getByRole('button', { name: /审议/ }).first().click()
          await hands.opened()
          await hands.fill({ unit: unit.id, speakers: 3, summary: three('同意报告。', '同意報告。', 'The report is supported.') })
          await hands.put()
        }
      }
      await closeSitting()
      return []
    },
    async decisions() {
      await openSitting(three('第二次全体会议', '第二次全體會議', 'second plenary sitting'), true, 'd013', group.absent.second)
      for (const item of ['work-report', 'audit-report']) {
        await question(/工作报告/, three(`通过${item === 'work-report' ? '工作报告' : '经费审查报告'}`, '通過報告', 'Shall the report be adopted?'), async () => {
          await kind('report')
          await hands.fill({ item })
        }, { mustFill: true })
      }
      await callItem('measure')
      await question(/办法/, three('通过《选举办法》', '通過《選舉辦法》', 'Shall the election measure be adopted?'), async () => {
        await kind('measure')
        await hands.fill({ item: 'measure', 'subject.measure.title': three('选举办法', '選舉辦法', 'Election measure'), 'subject.measure.toml': group.measure })
      })
      await question(/监票人/, three('通过总监票人、监票人名单', '通過總監票人、監票人名單', 'Shall the scrutineers be elected?'), async () => {
        await kind('scrutineers')
        await hands.fill({ 'subject.scrutineers.head': group.scrutineers[0] })
        await hands.choose('subject.scrutineers.members', group.scrutineers)
      })
      await hands.picture('decisions')
      return []
    },
    async committee() {
      await callItem('committee')
      return ballot('committee', titleOf('committee'), group.ballots.committee, true, [['丙另选', 2]])
    },
    async audit() {
      await callItem('audit')
      return ballot('audit_committee', titleOf('audit_committee'), group.ballots.audit_committee, true)
    },
    async plenaries() {
      const faults = []
      const inTheHall = present
      await hands.at('/sitting')
      await hands.step('congress.interrupt_sitting')
      await hands.fill({ reason: 'pause', announcement: three('第二届委员会、第二届经费审查委员会分别召开第一次全体会议。', '第二屆委員會、第二屆經費審查委員會分別召開第一次全體會議。', 'The two committees hold their first plenaries.') })
      await hands.put()
      for (const plenary of group.plenaries) {
        const members = group.ballots[plenary.body].filter((each) => !group.weak[plenary.body].includes(each))
        // The bar leads: it names the body whose members meet next.
        await hands.next('congress.open_check_in')
        const sentence = await hands.confirm()
        faults.push(...expect(sentence.includes(titleOf(plenary.body)), `the doors are opened with ${sentence}`))
        await hands.at('/check-in')
        await page.waitForFunction((count) => document.querySelectorAll('.data tbody tr').length === count, members.length)
        await page.check('.data thead input[type=checkbox]')
        await page.click('[data-check-in]')
        await hall(members.length)
        await hands.next('congress.open_sitting')
        await hands.fill({ chair: plenary.chair })
        await hands.put()
        await question(/监票人/, three('通过监票人名单', '通過監票人名單', 'Shall the scrutineers be elected?'), async () => {
          await kind('scrutineers')
          await hands.fill({ 'subject.scrutineers.head': plenary.scrutineers[0] })
          await hands.choose('subject.scrutineers.members', plenary.scrutineers)
        }, { against: 0, abstain: 1 })
        for (const [office, list] of Object.entries(plenary.offices)) faults.push(...(await ballot(office, titleOf(office), list, false)))
        await hands.next('congress.close_sitting')
        await hands.confirm()
      }
      await hands.next('congress.resume_sitting')
      await hands.confirm()
      present = inTheHall
      for (const { body } of group.plenaries) {
        await hands.next('congress.announce_plenary')
        const sentence = await hands.confirm()
        faults.push(...expect(sentence.includes(titleOf(body)), `announced is ${sentence}`))
      }
      return faults
    },
    async women() {
      await callItem('women')
      await hands.at('/elections')
      await page.click('[data-nominate="womens_committee"]')
      await hands.opened()
      await hands.fill({ proposed_by: three('第一届委员会', '第一屆委員會', 'the first committee'), consulted: three('各单位女职工组织', '各單位女職工組織', 'the women workers of all units'), consulted_on: day(-9), document: '虚工〔2026〕15号' })
      const [head, ...others] = group.nominees
      const member = async (index, { name: who, unit, role }, from) => {
        await page.locator(`${hands.field('members')} > p > button`).click()
        await hands.fill({ ...(from === undefined ? {} : { [`members[${index}].id`]: from }), [`members[${index}].name`]: who, [`members[${index}].unit`]: unit, [`members[${index}].role`]: role })
      }
      await member(0, head)
      for (const [index, each] of others.entries()) await member(index + 1, each)
      // The head must be a woman in the chair, and only a delegate's number shows that she is: what is missing is said where it is missing.
      await page.click('[data-put]')
      await page.waitForSelector('.act-dialog .fault')
      const fault = await page.textContent('.act-dialog .item.invalid .fault')
      await hands.picture('refused')
      // The browser tells every refusal as an error of its own.
      pageFaults.splice(0, pageFaults.length, ...pageFaults.filter((each) => !each.includes('422')))
      await hands.fill({ 'members[0].id': head.id })
      await hands.put()
      return expect(fault.includes(head.name), `the refusal reads ${fault}`)
    },
    async close() {
      await callItem('resolutions')
      await question(/决议/, three('通过关于工作报告的决议', '通過關於工作報告的決議', 'Shall the resolution on the work report be adopted?'), async () => {
        await kind('resolution')
        await hands.fill({ item: 'resolutions', 'subject.resolution.title': three('关于工作报告的决议', '關於工作報告的決議', 'Resolution on the work report'), 'subject.resolution.text': three('大会批准工作报告。', '大會批准工作報告。', 'The congress approves the work report.') })
      }, { mode: 'acclamation' })
      await hands.at('/sitting')
      await hands.step('congress.close_congress')
      await hands.confirm()
      await hands.at('/prepare')
      for (const body of group.bodies) await consent(`results ${body.name} higher_union`)
      await page.waitForFunction(() => document.querySelector('[data-next]') === null)
      return []
    },
    async papers() {
      await hands.at('/record')
      await page.waitForSelector('.acts tbody tr')
      const faults = []
      const papers = await page.$$eval('.paper a', (all) => all.map((each) => each.getAttribute('href')))
      const elected = Object.entries({ ...group.ballots, ...Object.assign({}, ...group.plenaries.map((each) => each.offices)) }).flatMap(([body, list]) => list.filter((each) => !(group.weak[body] ?? []).includes(each)))
      for (const paper of papers) {
        const answer = await page.context().request.get(origin + paper)
        const text = await answer.text()
        faults.push(...expect(answer.ok(), `${paper} answers ${answer.status()}`))
        for (const each of paper.includes('communique') ? [...elected, ...group.nominees.map((one) => one.id)] : []) faults.push(...expect(text.includes(name(each)), `${paper} does not name ${name(each)}`))
      }
      const journal = await (await page.context().request.get(`${origin}/api/journal`)).text()
      faults.push(...expect(papers.length === 12, `${papers.length} papers`), ...expect(journal.trim().split('\n').length > 2 * people.length, 'the journal is short'))
      // And as the secretary reads it, from the link on the page.
      const [communique] = await Promise.all([page.context().waitForEvent('page'), page.click('.paper a[href*="communique"][href*="format=html"]')])
      await communique.waitForSelector('main h1')
      const read = await communique.textContent('main')
      for (const each of elected) faults.push(...expect(read.includes(name(each)), `the communique on the page does not name ${name(each)}`))
      faults.push(...(await axe(communique)))
      if (hands.shots !== undefined) await communique.screenshot({ path: join(hands.shots, 'communique.png') })
      await communique.close()
      return faults
    },
  }
}

const register = ['/', '/plan', '/register', '/register/hq', '/register/import?organisation=hq', '/any']
const pages = ['', '/prepare', '/rules', '/units', '/roster', '/delegates', '/check-in', '/agenda', '/sitting', '/questions', '/presidium', '/elections', '/elections/group-2-1-committee', '/documents', '/record', '/any']
const windows = [
  { width: 1280, height: 800, language: 'zh-Hans' },
  { width: 320, height: 640, language: 'en' },
]
/** Those for people to look at; an elder's large text among them. */
const windowsToSee = [...windows, { width: 1280, height: 800, language: 'en' }, { width: 1280, height: 800, language: 'zh-Hant' }, { width: 390, height: 844, language: 'zh-Hans' }, { width: 1280, height: 800, language: 'zh-Hans', large: true }]

/** Runs the whole way. `shots` is a folder for pictures of every station and every page, for people to look at. */
export async function testConsoleCongress(test, browser, binary, { size = 'small', shots } = {}) {
  let server
  await test('the program serves an empty database', async () => {
    server = await serveEmpty(binary, mkdtempSync(join(tmpdir(), 'plenum-console-')))
  })
  if (server === undefined) return
  const page = await openPage(browser, { width: 1280, height: 800 }, { stillClock: false, reducedMotion: 'reduce' })
  page.setDefaultTimeout(15_000)
  const faults = watch(page, server.origin)
  await page.goto(server.link.replace('/#', '/?lang=zh-Hans#'))
  await page.waitForSelector('main h1')
  const group = groupCongress(size)
  const hands = new Hands(page, group.id, shots)
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
  let broken = false
  for (const [station, run] of Object.entries(stations(hands, server.origin, group, faults))) {
    await test(`console alone: ${station}`, async () => {
      if (broken) return ['not reached']
      const before = Date.now()
      try {
        const told = await run()
        // What is still sliding out is wider than the window by nature.
        await page.waitForFunction(() => document.querySelector('[class*="-leave-active"], [class*="-enter-active"]') === null)
        const found = [...told, ...faults.splice(0), ...(await layout(page, { smallest: null })), ...(await axe(page))]
        broken = found.length > 0
        if (process.env.TELL !== undefined) console.log(`${station}: ${Date.now() - before} ms; ${hands.seen.at(-1) ?? ''}`)
        return found
      } catch (error) {
        broken = true
        await hands.picture(`broken-${station}`)
        throw error
      } finally {
        await hands.picture(`station-${station}`)
      }
    })
  }
  for (const { width, height, language, large = false } of shots === undefined ? windows : windowsToSee) {
    await test(`console alone: the pages of the closed congress, ${width} ${language}${large ? ', large text' : ''}`, async () => {
      if (broken) return ['not reached']
      await page.setViewportSize({ width, height })
      await page.goto(`${server.origin}/console/?lang=${language}#/c/${group.id}/record`)
      await page.waitForSelector('main h1')
      if (large) await page.check('.settings input')
      const found = []
      for (const path of [...register, ...pages.map((each) => `/c/${group.id}${each}`)]) {
        // Who opens the console at its first page is led to the newest congress; by its link the page itself comes.
        if (path === '/') await page.evaluate(() => document.querySelector('a[href="#/"]').click())
        else await hands.go(path)
        await page.waitForFunction((to) => location.hash === to && document.querySelector('main h1') !== null, `#${path}`)
        await page.waitForFunction(() => !/请稍候|請稍候|Please wait/.test(document.querySelector('main').textContent))
        found.push(...[...(await layout(page, { smallest: null })), ...(await axe(page)), ...faults.splice(0)].map((fault) => `${path}: ${fault}`))
        await hands.picture(`page-${path.replace(`/c/${group.id}`, '/c').replace(/[^\w]+/g, '-').replace(/^-|-$/g, '') || 'home'}-${language}-${width}${large ? '-large' : ''}`)
      }
      return found
    })
  }
  await page.context().close()
  server.child.removeAllListeners('exit')
  server.child.kill('SIGTERM')
}
