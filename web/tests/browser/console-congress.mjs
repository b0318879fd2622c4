// SPDX-License-Identifier: Apache-2.0
// The console alone takes a group's congress from an empty database to its communique: the real program, its real pages, and
// nothing done but what a secretary, a chair and two tellers do with mouse and keyboard. The way is that of
// examples/group-congress with thirty delegates of three units instead of 170 of thirteen.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPage } from './browser.mjs'
import { axe, layout, watch } from './checks.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const expect = (holds, sentence) => (holds ? [] : [sentence])
const three = (hans, hant, en) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en })

const stems = [...'甲乙丙丁戊己庚辛壬癸']
const tails = ['示例', '演练', '样本']
export const name = (number) => stems[(number - 1) % 10] + tails[Math.floor((number - 1) / 10)]
export const units = [
  { id: 'hq', name: three('总部机关', '總部機關', 'Headquarters'), members: 60, seats: 12 },
  { id: 'u01', name: three('虚构铝业公司', '虛構鋁業公司', 'Invented Aluminium Company'), members: 50, seats: 10 },
  { id: 'u02', name: three('虚构铜业公司', '虛構銅業公司', 'Invented Copper Company'), members: 40, seats: 8 },
]
/** As a unit keeps it: a title above, the delegation named once, names padded, full-width digits, a total below. */
export function rosterCsv() {
  const lines = ['虚构集团公司工会代表名册,,,,,,,,,,,', '序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注']
  let number = 0
  for (const unit of units) {
    for (let seat = 0; seat < unit.seats; seat++) {
      number++
      const padded = number % 5 === 0 ? `${name(number).slice(0, 1)}　${name(number).slice(1)}` : name(number)
      const phone = number === 7 ? '１２０００００００５９' : `1200000${String(1000 + 37 * number)}`
      lines.push([number, seat === 0 ? `${unit.name['zh-Hans']}代表团` : '', padded.replace('　', ''), number % 3 === 0 ? '女' : '男', '汉', `19${70 + (number % 25)}.0${1 + (number % 9)}`, '群众', '本科', `${unit.name['zh-Hans']}班组长`, number % 6 === 0 ? '管理人员' : '一线职工', phone, seat === 0 ? '团长' : ''].join(','))
    }
  }
  lines.push('合计,,30,,,,,,,,,')
  return `${lines.join('\r\n')}\r\n`
}

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

/** The hands of a person at the console. */
export class Hands {
  constructor(page, congress) {
    this.page = page
    this.congress = congress
    this.seen = []
  }
  async go(path) {
    await this.page.evaluate((to) => (location.hash = to), `#${path}`)
    await this.page.waitForFunction((to) => location.hash === to, `#${path}`)
    await this.page.waitForSelector('main h1')
  }
  async at(path) {
    await this.go(`/c/${this.congress}${path}`)
  }
  field(path) {
    return `.act-dialog #f-${path.replace(/[^\w-]/g, '_')}`
  }
  async texts(path, words) {
    for (const [language, text] of Object.entries(words)) await this.page.fill(`${this.field(path)}-${language}`, text)
  }
  /** Fills the open form; a list is filled row by row with its button. */
  async fill(values) {
    for (const [path, value] of Object.entries(values)) {
      if (typeof value === 'object') await this.texts(path, value)
      else if (typeof value === 'boolean') await this.page.setChecked(this.field(path), value)
      else {
        const box = this.page.locator(this.field(path))
        if ((await box.evaluate((element) => element.tagName)) === 'SELECT') await box.selectOption(String(value))
        else await box.fill(String(value))
      }
    }
  }
  async choose(path, ids) {
    for (const id of ids) {
      const box = this.page.locator(`${this.field(path)}-adding`)
      if ((await box.evaluate((element) => element.tagName)) === 'SELECT') await box.selectOption(id)
      else await box.fill(id)
      await box.press('Enter')
    }
  }
  async empty(path) {
    const chips = this.page.locator(`${this.field(path)} .chip-off`)
    while ((await chips.count()) > 0) await chips.first().click()
  }
  async opened() {
    await this.page.waitForSelector('.act-dialog', { state: 'visible' })
  }
  /** From the form to the sentence, and done; answers the sentence. */
  async put() {
    await this.page.click('[data-put]')
    return this.confirm()
  }
  async confirm() {
    await this.page.waitForSelector('[data-confirm]:not([disabled]), .act-dialog [role="alert"] .note')
    const fault = await this.page.locator('.act-dialog [role="alert"] .note, .act-dialog .fault').allTextContents()
    if (fault.length > 0) throw new Error(`refused: ${fault.join(' ')}`)
    const sentence = (await this.page.locator('.sentence-now').allTextContents()).join(' ').trim()
    await this.page.click('[data-confirm]')
    await this.page.waitForSelector('.act-dialog', { state: 'hidden' })
    this.seen.push(sentence)
    return sentence
  }
  /** A step of a page by its act's name, and by words where there are several. */
  async step(act, words) {
    const all = this.page.locator(`.steps [data-act="${act}"]`)
    const one = words === undefined ? all.first() : all.filter({ hasText: words }).first()
    await one.waitFor()
    await one.click()
    await this.opened()
  }
}

const sheet = async (hands, figures) => {
  const { page } = hands
  await page.fill('#count-returned', String(figures.returned))
  await page.fill('#count-invalid', String(figures.invalid))
  for (const [candidate, marks] of Object.entries(figures.votes)) {
    for (const [mark, votes] of Object.entries(marks)) await page.fill(`[data-candidate="${candidate}"] [data-mark="${mark}"]`, String(votes))
  }
  for (const [index, [written, votes]] of (figures.writeIns ?? []).entries()) {
    await page.click('[data-add-write-in]')
    await page.fill(`#write-in-${index}`, written)
    await page.fill(`#write-in-votes-${index}`, String(votes))
  }
  await page.click('[data-enter-count]')
}

/** The stations of the congress in their order; each is done by the hands and answers its faults. */
export function stations(hands, origin) {
  const { page } = hands
  const id = hands.congress
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
  const question = async (suggestion, words, subject, mode = 'show_of_hands', change = false) => {
    await hands.at('/questions')
    await hands.step('congress.put_question', suggestion)
    // Where the books know everything, the sentence stands there at once.
    await page.locator('[data-put], [data-confirm]').first().waitFor()
    if (change && (await page.locator('[data-back]').isVisible())) await page.click('[data-back]')
    if (await page.locator('[data-put]').isVisible()) {
      await hands.fill({ text: words, mode })
      await subject()
      await hands.put()
    } else await hands.confirm()
    await page.waitForSelector('[data-declare]')
    if (mode !== 'acclamation') {
      await page.fill('#declare-against', '1')
      await page.fill('#declare-abstain', '2')
      await page.click('[data-rest]')
    }
    await page.click('[data-declare]')
    await hands.opened()
    await hands.confirm()
  }
  const checkIn = async (missing) => {
    await hands.at('/check-in')
    await page.waitForSelector('#check-in-search')
    // One by the number, as the queue comes; the rest as a batch.
    await page.fill('#check-in-search', '17')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('[data-present]')?.textContent === '1')
    await page.check('.data thead input[type=checkbox]')
    for (const one of missing) await page.uncheck(`[data-row="${one}"] input[type=checkbox]`)
    await page.click('[data-check-in]')
    await page.waitForFunction((count) => document.querySelector('[data-present]')?.textContent === String(count), 30 - missing.length, { timeout: 60_000 })
  }
  const openSitting = async (kind, words, elects, chair, missing) => {
    await hands.at('/sitting')
    await hands.step('congress.open_check_in', kind)
    // What the server knows by itself, the preparatory meeting, is put to the question at once.
    await page.locator('[data-put], [data-confirm]').first().waitFor()
    if (await page.locator('[data-put]').isVisible()) {
      await hands.fill({ title: words, elects })
      await hands.put()
    } else await hands.confirm()
    await checkIn(missing)
    await hands.at('/sitting')
    await hands.step('congress.open_sitting')
    await hands.fill({ chair })
    await hands.put()
  }
  const itemAct = async (item, act) => {
    await hands.at('/agenda')
    await page.click(`[data-row="${item}"] [data-act="${act}"]`)
    await hands.opened()
  }
  const ballot = async (body, election, list, first, second, writeIns) => {
    await hands.at('/elections')
    await page.click(`[data-prepare="${body}"]`)
    await hands.opened()
    await hands.confirm()
    await page.getByRole('link', { name: election }).first().click()
    await page.waitForSelector('[data-paste]', { state: 'attached' })
    await page.click('.candidates details summary')
    await page.fill('#candidate-paste', list.map((each) => name(each)).join('\n'))
    await page.click('[data-paste]')
    await page.click('[data-nominate-list]')
    await hands.opened()
    await hands.confirm()
    await page.click('[data-put-list]:not([disabled])')
    await hands.opened()
    await hands.page.waitForTimeout(200)
    if (await page.locator('[data-put]').isVisible()) await page.click('[data-put]')
    await hands.confirm()
    const back = page.url()
    await hands.at('/questions')
    await page.fill('#declare-against', '1')
    await page.fill('#declare-abstain', '2')
    await page.click('[data-rest]')
    await page.click('[data-declare]')
    await hands.opened()
    await hands.confirm()
    await page.goto(back)
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
    await hands.fill({ printed: 32, issued: 28, spoilt: 1, unused: 3 })
    await hands.put()
    await page.click('[data-collect]')
    await hands.opened()
    await hands.fill({ returned: 28 })
    await hands.put()
    const faults = []
    const entry = async (teller, figures) => {
      await page.locator('.tellers li').nth(teller).getByRole('link').click()
      await page.waitForSelector('#count-returned')
      // What another teller entered, or this one before, stands nowhere on the page.
      const shown = await page.$$eval('.count-table input', (all) => all.map((each) => each.value).join(''))
      faults.push(...expect(shown === '', `the form of teller ${teller + 1} shows ${shown}`))
      await sheet(hands, figures)
      await page.waitForSelector('.tellers, [data-certify]')
    }
    await entry(0, first)
    await entry(1, second)
    await page.waitForSelector('.note.attention')
    faults.push(...expect(await page.locator('[data-compare]').isDisabled(), 'counts that differ can be taken for agreed'))
    // The second teller had slipped, and enters the same as the first.
    await entry(1, first)
    await page.waitForSelector('.good-note')
    await page.click('[data-compare]:not([disabled])')
    await hands.opened()
    await hands.confirm()
    for (let left = writeIns; left > 0; left--) {
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
    await hands.confirm()
    await page.waitForFunction(() => document.querySelector('[data-declare-result]') === null)
    return faults
  }
  const vote = (inFavour, against) => ({ for: inFavour, against, abstain: 27 - inFavour - against })

  return {
    async register() {
      await hands.go('/register')
      await found('industry', 'nation', 'industrial', three('虚构有色金属产业工会', '虛構有色金屬產業工會', 'Invented Industrial Union'), '1991-05-01')
      await found('group', 'basic', 'committee', three('虚构集团公司工会', '虛構集團公司工會', 'Invented Group Company Union'), '2021-10-15')
      for (const unit of units) await found(unit.id, 'branch', 'committee', unit.name, '2021-10-15')
      for (const relation of ['leads', 'approves_elections']) await relate('group', 'industry', relation, '2021-10-15')
      for (const unit of units) await relate(unit.id, 'group', 'leads', '2021-10-15')
      const rows = await page.$$eval('.data tbody tr', (all) => all.length)
      return expect(rows === 5, `${rows} organisations in the tree`)
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
        'numbering.style': 'term_and_session', 'numbering.term': 2, 'numbering.session': 1, congress_kind: 'electing', rehearsal: true, members: 150, women_members: 60, delegates: 30, term_years: 5,
        begins_on: '2026-11-18', ends_on: '2026-11-19', place: three('虚构会堂', '虛構會堂', 'the Invented Hall'), utc_offset_minutes: 480,
      })
      const bodies = [['committee', three('第二届委员会', '第二屆委員會', 'Second Committee'), 5], ['audit_committee', three('第二届经费审查委员会', '第二屆經費審查委員會', 'Second Fund-Audit Committee'), 3], ['womens_committee', three('第二届女职工委员会', '第二屆女職工委員會', 'Second Women Workers’ Committee'), 3]]
      for (const [index, [body, title, seats]] of bodies.entries()) {
        await page.locator(`${hands.field('bodies')} > p > button`).click()
        await hands.fill({ [`bodies[${index}].name`]: body, [`bodies[${index}].title`]: title, [`bodies[${index}].seats`]: seats })
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
      for (const party of ['party_same_level', 'higher_union']) {
        await request(`holding  ${party}`, { document: '虚工〔2026〕8号' })
        await request(`holding  ${party}`, { granted: true, document: '虚党〔2026〕31号' })
      }
      const granted = await page.locator('.data tbody .granted').count()
      return expect(granted === 2, `${granted} consents`)
    },
    async allocation() {
      await hands.at('/units')
      await page.waitForSelector('[data-unit="hq"]')
      for (const unit of units) await page.locator(`[data-unit="${unit.id}"] input[inputmode]`).first().fill(String(unit.members))
      await page.click('[data-propose]')
      const seats = await page.$$eval('[data-unit]', (all) => all.map((row) => [...row.querySelectorAll('input[inputmode]')].at(-1).value).join())
      await page.click('[data-allocate]')
      await hands.opened()
      await hands.confirm()
      await page.waitForSelector('[data-row="hq"]')
      return expect(seats === '12,10,8', `the proposal is ${seats}`)
    },
    async roster() {
      await hands.at('/roster')
      await page.check('[data-synthetic]')
      await page.waitForSelector('#roster-file:enabled')
      await page.setInputFiles('#roster-file', { name: '代表名册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rosterCsv()}`) })
      await page.waitForSelector('[data-ready].granted', { timeout: 20_000 })
      const rows = await page.textContent('[data-rows]')
      const figures = { participating: [56, 47, 38], candidates: [14, 12, 10], least_votes: [40, 35, 30] }
      for (const [index, unit] of units.entries()) {
        for (const [figure, values] of Object.entries(figures)) await page.fill(`[data-unit="${unit.id}"] [data-figure="${figure}"]`, String(values[index]))
      }
      await page.click('[data-put-reports]:not([disabled])')
      await page.click('[data-report]')
      await page.waitForSelector('[data-register]', { timeout: 20_000 })
      await page.click('[data-register]')
      await hands.opened()
      await hands.confirm()
      await page.waitForSelector('.good-note')
      return expect(rows === '30', `${rows} rows of 30`)
    },
    async credentials() {
      await hands.at('/delegates')
      await page.check('.data thead input[type=checkbox]')
      await page.click('[data-review="valid"]')
      await hands.opened()
      await hands.confirm()
      await page.waitForFunction(() => document.querySelectorAll('.data tbody .valid').length === 30)
      await page.fill('main [data-search]', name(17))
      await page.locator('.data tbody tr').getByRole('button').last().click()
      await page.waitForSelector('.el-drawer .details')
      const told = await page.textContent('.el-drawer .details')
      await page.keyboard.press('Escape')
      return expect(told.includes('虚构铝业公司班组长') && told.includes(name(17)), `the drawer says ${told}`)
    },
    async documents() {
      await hands.at('/documents')
      for (const [title, text] of [[three('第一届委员会工作报告', '第一屆委員會工作報告', 'Work report of the first committee'), '# 工作报告\n\n五年来的工作。'], [three('第一届经费审查委员会工作报告', '第一屆經費審查委員會工作報告', 'Report of the first fund-audit committee'), '# 经费审查报告\n\n收支情况。']]) {
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
      for (const body of ['committee', 'audit_committee']) {
        for (const party of ['party_same_level', 'higher_union']) {
          await request(`candidates ${body} ${party}`, { document: '虚工〔2026〕11号' })
          await request(`candidates ${body} ${party}`, { granted: true, document: '虚党〔2026〕41号' })
        }
      }
      return []
    },
    async preparatory() {
      await openSitting(undefined, three('预备会议', '預備會議', 'preparatory meeting'), false, 'd001', ['d029', 'd030'])
      await question(/办法/, three('通过《大会表决办法》', '通過《大會表決辦法》', 'Shall the rules on voting be adopted?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'measure')
        await hands.fill({ 'subject.measure.title': three('大会表决办法', '大會表決辦法', 'Rules on voting'), 'subject.measure.toml': '[threshold.motion]\nbase = "entitled"\n' })
      })
      await question(/资格审查/, three('通过代表资格审查报告', '通過代表資格審查報告', 'Shall the credentials report be adopted?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'credentials_report')
      })
      await question(/主席团/, three('通过大会主席团和秘书长名单', '通過大會主席團和秘書長名單', 'Shall the presidium and the secretary-general be elected?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'presidium')
        await hands.choose('subject.presidium.members', ['d001', 'd013', 'd023', 'd002', 'd014'])
        await hands.fill({ 'subject.presidium.secretary_general': 'd014' })
      })
      await question(/议程/, three('通过大会议程', '通過大會議程', 'Shall the agenda be adopted?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'agenda')
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
      await hands.at('/sitting')
      await hands.step('congress.close_sitting')
      await hands.confirm()
      await hands.at('/presidium')
      await hands.step('congress.meet_presidium')
      await hands.choose('executive_chairs', ['d001', 'd013'])
      await hands.put()
      await hands.at('/agenda')
      return expect((await page.locator('.data tbody tr').count()) === 7, 'the agenda has not seven items')
    },
    async reports() {
      await openSitting(undefined, three('第一次全体会议', '第一次全體會議', 'first plenary sitting'), false, 'd001', ['d030'])
      await hands.at('/sitting')
      await hands.step('congress.note_fact')
      await hands.fill({ text: three('全体起立，奏唱国歌。', '全體起立，奏唱國歌。', 'All rise for the anthem.') })
      await hands.put()
      for (const [item, presenter] of [['work-report', name(1)], ['audit-report', name(13)]]) {
        await itemAct(item, 'congress.call_item')
        await hands.confirm()
        await itemAct(item, 'congress.hear_report')
        await hands.fill({ presenter, delivery: 'read_out' })
        await hands.put()
        for (const unit of units) {
          await page.locator(`[data-row="${item}"]`).getByRole('button', { name: /审议|deliberation/ }).first().click()
          await hands.opened()
          await hands.fill({ unit: unit.id, speakers: 3, summary: three('同意报告。', '同意報告。', 'The report is supported.') })
          await hands.put()
        }
      }
      await hands.at('/sitting')
      await hands.step('congress.close_sitting')
      await hands.confirm()
      return []
    },
    async decisions() {
      await openSitting(undefined, three('第二次全体会议', '第二次全體會議', 'second plenary sitting'), true, 'd013', ['d029', 'd030'])
      for (const item of ['work-report', 'audit-report']) {
        await question(/工作报告/, three(`通过${item === 'work-report' ? '工作报告' : '经费审查报告'}`, '通過報告', 'Shall the report be adopted?'), async () => {
          await page.selectOption(`${hands.field('subject')}-kind`, 'report')
          await hands.fill({ item })
        }, 'show_of_hands', true)
      }
      await itemAct('measure', 'congress.call_item')
      await hands.confirm()
      await question(/办法/, three('通过《选举办法》', '通過《選舉辦法》', 'Shall the election measure be adopted?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'measure')
        await hands.fill({ item: 'measure', 'subject.measure.title': three('选举办法', '選舉辦法', 'Election measure'), 'subject.measure.toml': '[ballot]\nblank_means = "abstain"\n\n[tie]\nsecond_tie = "repeat"\n' })
      })
      await question(/监票人/, three('通过总监票人、监票人名单', '通過總監票人、監票人名單', 'Shall the scrutineers be elected?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'scrutineers')
        await hands.fill({ 'subject.scrutineers.head': 'd009' })
        await hands.choose('subject.scrutineers.members', ['d009', 'd017', 'd026'])
      })
      return []
    },
    async committee() {
      await itemAct('committee', 'congress.call_item')
      await hands.confirm()
      const votes = { d001: vote(26, 1), d002: vote(25, 1), d013: vote(24, 2), d014: vote(23, 3), d023: vote(21, 4), d003: vote(9, 16) }
      const first = { returned: 28, invalid: 1, votes, writeIns: [['丙另选', 2]] }
      return ballot('committee', /第二届委员会|Second Committee/, [1, 2, 13, 14, 23, 3], first, { ...first, votes: { ...votes, d014: vote(22, 4) } }, 1)
    },
    async audit() {
      await itemAct('audit', 'congress.call_item')
      await hands.confirm()
      const votes = { d005: vote(26, 1), d015: vote(25, 1), d025: vote(24, 2), d006: vote(5, 20) }
      const first = { returned: 28, invalid: 1, votes }
      return ballot('audit_committee', /经费审查委员会|Fund-Audit/, [5, 15, 25, 6], first, { ...first, votes: { ...votes, d005: vote(25, 2) } }, 0)
    },
    async women() {
      await itemAct('women', 'congress.call_item')
      await hands.confirm()
      await hands.at('/elections')
      await page.click('[data-nominate="womens_committee"]')
      await hands.opened()
      await hands.fill({ proposed_by: three('第一届委员会', '第一屆委員會', 'the first committee'), consulted: three('各单位女职工组织', '各單位女職工組織', 'the women workers of all units'), consulted_on: '2026-11-09', document: '虚工〔2026〕15号' })
      for (const [index, number] of [3, 6, 9].entries()) {
        await page.locator(`${hands.field('members')} > p > button`).click()
        await hands.fill({ [`members[${index}].name`]: name(number), [`members[${index}].unit`]: '总部机关', [`members[${index}].role`]: index === 0 ? 'chair' : 'member' })
      }
      await hands.put()
      return []
    },
    async close() {
      await itemAct('resolutions', 'congress.call_item')
      await hands.confirm()
      await question(/决议/, three('通过关于工作报告的决议', '通過關於工作報告的決議', 'Shall the resolution on the work report be adopted?'), async () => {
        await page.selectOption(`${hands.field('subject')}-kind`, 'resolution')
        await hands.fill({ item: 'resolutions', 'subject.resolution.title': three('关于工作报告的决议', '關於工作報告的決議', 'Resolution on the work report'), 'subject.resolution.text': three('大会批准工作报告。', '大會批准工作報告。', 'The congress approves the work report.') })
      }, 'acclamation')
      await hands.at('/sitting')
      await hands.step('congress.close_congress')
      await hands.confirm()
      await hands.at('/prepare')
      for (const body of ['committee', 'audit_committee', 'womens_committee']) {
        await request(`results ${body} higher_union`, { document: '虚工〔2026〕20号' })
        await request(`results ${body} higher_union`, { granted: true, document: '虚色工复〔2026〕30号' })
      }
      await page.waitForFunction(() => document.querySelector('[data-next]') === null)
      return []
    },
    async papers() {
      await hands.at('/record')
      await page.waitForSelector('.acts tbody tr')
      const faults = []
      const papers = await page.$$eval('.paper a', (all) => all.map((each) => each.getAttribute('href')))
      for (const paper of papers) {
        const answer = await page.context().request.get(origin + paper)
        const text = await answer.text()
        faults.push(...expect(answer.ok(), `${paper} answers ${answer.status()}`))
        if (!paper.includes('communique')) continue
        for (const elected of [1, 2, 13, 14, 23, 5, 15, 25, 3]) faults.push(...expect(text.includes(name(elected)), `${paper} does not name ${name(elected)}`))
      }
      const journal = await (await page.context().request.get(`${origin}/api/journal`)).text()
      return [...faults, ...expect(papers.length === 12, `${papers.length} papers`), ...expect(journal.trim().split('\n').length > 150, 'the journal is short')]
    },
  }
}

const pages = ['', '/prepare', '/rules', '/units', '/roster', '/delegates', '/check-in', '/agenda', '/sitting', '/questions', '/presidium', '/elections', '/documents', '/record', '/any']

/** Runs the whole way. `shots` is a folder for pictures of every station, for people to look at. */
export async function testConsoleCongress(test, browser, binary, shots) {
  let server
  await test('the program serves an empty database', async () => {
    server = await serveEmpty(binary, mkdtempSync(join(tmpdir(), 'plenum-console-')))
  })
  if (server === undefined) return
  const page = await openPage(browser, { width: 1366, height: 768 }, { stillClock: false })
  page.setDefaultTimeout(15_000)
  const faults = watch(page, server.origin)
  await page.goto(server.link.replace('/#', '/?lang=zh-Hans#'))
  await page.waitForSelector('main h1')
  const hands = new Hands(page, 'group-2-1')
  const all = stations(hands, server.origin)
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
  let broken = false
  for (const [station, run] of Object.entries(all)) {
    await test(`console alone: ${station}`, async () => {
      if (broken) return ['not reached']
      const before = Date.now()
      try {
        const told = await run()
        // What is still sliding out is wider than the window by nature.
        await page.waitForFunction(() => document.querySelector('[class*="-leave-active"], [class*="-enter-active"]') === null)
        const found = [...told, ...faults.splice(0), ...(await layout(page, { smallest: null }))]
        broken = found.length > 0
        if (process.env.TELL !== undefined) console.log(`${station}: ${Date.now() - before} ms; ${hands.seen.at(-1) ?? ''}`)
        return found
      } catch (error) {
        broken = true
        if (shots !== undefined) await page.screenshot({ path: join(shots, `broken-${station}.png`) })
        throw error
      } finally {
        if (shots !== undefined) await page.screenshot({ path: join(shots, `${station}.png`) })
      }
    })
  }
  for (const [width, height, language] of [[1366, 768, 'zh-Hans'], [1366, 768, 'en'], [320, 640, 'en']]) {
    await test(`console alone: the pages of the closed congress, ${width} ${language}`, async () => {
      if (broken) return ['not reached']
      await page.setViewportSize({ width, height })
      await page.goto(`${server.origin}/console/?lang=${language}#/c/group-2-1`)
      await page.waitForSelector('main h1')
      const found = []
      for (const path of pages) {
        await hands.at(path)
        await page.waitForTimeout(200)
        found.push(...[...(await layout(page, { smallest: null })), ...(await axe(page)), ...faults.splice(0)].map((fault) => `${path}: ${fault}`))
      }
      return found
    })
  }
  await page.context().close()
  server.child.removeAllListeners('exit')
  server.child.kill('SIGTERM')
}
