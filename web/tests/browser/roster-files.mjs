// SPDX-License-Identifier: Apache-2.0
// Rosters as spreadsheets through the console's import page: the file is chosen, read in the browser, sent as rows, and what the
// page then shows is scored against the truth, with the measure of the C++ test of the same rosters as CSV: every field equal, or
// its problem told; nothing silent. And files that are no rosters are told by name.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import write from 'write-excel-file/universal'
import { openPage } from './browser.mjs'
import { watch } from './checks.mjs'
import { serveEmpty } from './console-congress.mjs'

const expect = (holds, sentence) => (holds ? [] : [sentence])
const shared = process.env.PLENUM_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const scored = ['unit', 'name', 'sex', 'ethnicity', 'birth', 'id', 'join', 'phone']

/** rows, truth  as the page got them and as they should be, in their order. Answers the faults, and what was counted. */
export function score(rows, truth) {
  const counted = { equal: 0, told: 0, silent: 0, not_found: 0, without_dirt: 0 }
  const faults = expect(rows.length === truth.length, `${rows.length} rows of ${truth.length}`)
  for (const [index, expected] of truth.entries()) {
    const row = rows[index]
    if (row === undefined) break
    if (row.row !== expected.row) faults.push(`row ${expected.row} stands as row ${row.row}`)
    for (const column of scored) {
      const [got, wanted] = [row[column] ?? '', expected[column] ?? '']
      const lessPrecise = (column === 'birth' || column === 'join') && got.length === 7 && wanted.startsWith(got)
      if (got === wanted || lessPrecise) counted.equal++
      else if (row.problems.some((each) => each.column === column)) counted.told++
      else {
        counted.silent++
        faults.push(`row ${expected.row} ${column}: ${got} is ${wanted}`)
      }
    }
    const found = new Set([...row.repaired, ...row.problems, ...row.notes].map((each) => each.kind))
    for (const dirt of expected.dirt) if (!found.has(dirt) && dirt !== 'same name, other person') counted.not_found++
    for (const each of [...row.repaired, ...row.problems]) if (!expected.dirt.includes(each.kind) && each.kind !== 'duplicate person') counted.without_dirt++
  }
  return { counted, faults: faults.slice(0, 12) }
}

/** A member ledger of our own: a title and a date line above, the unit merged over its rows, numbers and dates as a spreadsheet keeps them. */
async function ownLedger() {
  const text = (value, more = {}) => ({ value, type: String, ...more })
  const row = (number, unit, name, sex, ethnicity, birth, id, join, phone) => [{ value: number, type: Number }, ...[unit, name, sex, ethnicity, birth, id, join, phone].map((cell) => (cell === null ? null : typeof cell === 'number' ? { value: cell, type: Number } : cell.value === undefined ? text(cell) : cell))]
  const headings = ['序号', '工会名称', '姓名', '性别', '民族', '出生日期', '证件号码', '入会时间', '联系电话'].map((each) => text(each))
  const blob = await write(
    [
      [text('虚构集团公司工会会员花名册', { columnSpan: 9 }), ...Array(8).fill(null)],
      [text('填报日期：2026年11月'), ...Array(8).fill(null)],
      headings,
      row(1, text('测试一分会', { rowSpan: 2 }), '张测试', '男', '汉族', '1985-06-03', '990000198506030070', '2012.6', '12000000017'),
      row(2, null, '李　验', '女性', '回', 31_000, '990000198411150085', '2019-03-28', 12000000041),
      row(3, '测试二分会', '阿里木•测试', '男', '维吾尔族', '1979年3月28日', 990000197903280000, '2001.10', '１２０００００００７４'),
      row(4, '同上', '王?样', '男', '汉族', '1990-02-30', '99000019900230009X', '2015-01', '12000000091/12000000108'),
      [text('合计'), null, text('4'), ...Array(6).fill(null)],
    ],
    { sheet: '会员名册' },
  ).toBlob()
  const member = (number, unit, name, sex, ethnicity, birth, id, join, phone) => ({ row: number, unit, name, sex, ethnicity, birth, id, join, phone, dirt: [] })
  return {
    buffer: Buffer.from(await blob.arrayBuffer()),
    truth: [
      member(1, '测试一分会', '张测试', '男', '汉族', '1985-06-03', '990000198506030070', '2012-06', '12000000017'),
      member(2, '测试一分会', '李验', '女', '回族', '1984-11-15', '990000198411150085', '2019-03-28', '12000000041'),
      member(3, '测试二分会', '阿里木·测试', '男', '维吾尔族', '1979-03-28', '990000197903280053', '2001-10', '12000000074'),
      member(4, '测试二分会', '王𬀩样', '男', '汉族', '1990-02-03', '990000199002030093', '2015-01', '12000000091'),
    ],
  }
}

const relationships = (target) => strToU8(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${target.includes('workbook') ? 'officeDocument' : 'worksheet'}" Target="${target}"/></Relationships>`)
/** A workbook whose one sheet is this XML. */
function workbook(sheet) {
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
      '_rels/.rels': relationships('xl/workbook.xml'),
      'xl/workbook.xml': strToU8('<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': relationships('worksheets/sheet1.xml'),
      'xl/worksheets/sheet1.xml': sheet,
    }),
  )
}
const sheetXml = (cell) => Buffer.concat([Buffer.from('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'), cell, Buffer.from('</t></is></c></row></sheetData></worksheet>')])
/** So many bytes that pack, but not as a bomb does. */
function longText(bytes) {
  const block = Buffer.alloc(20_000)
  let state = 17
  for (let at = 0; at < block.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    block[at] = 97 + (Math.floor(state / 65_536) % 26)
  }
  return Buffer.alloc(bytes, block)
}
/** A bomb whose directory says that it is small. */
function lyingBomb() {
  const file = workbook(sheetXml(Buffer.alloc(48 * 1024 * 1024, 97)))
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  for (const [mark, size, title] of [[0x04034b50, 22, 30], [0x02014b50, 24, 46]]) {
    for (let at = 0; at + title < file.length; at++) {
      if (file.readUInt32LE(at) === mark && file.subarray(at + title, at + title + name.length).equals(name)) file.writeUInt32LE(900, at + size)
    }
  }
  return file
}

const badFiles = () => [
  ['a picture named as a roster', 'roster.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]), /control character/],
  ['a document', 'roster.xlsx', Buffer.from(zipSync({ 'word/document.xml': strToU8('<w:document/>') })), /no spreadsheet/],
  ['half a workbook', 'roster.xlsx', workbook(sheetXml(Buffer.from('x'))).subarray(0, 400), /no spreadsheet/],
  ['an old workbook', 'roster.xls', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(512)]), /old \.xls/],
  ['a zip bomb', 'bomb.xlsx', workbook(sheetXml(Buffer.alloc(150 * 1024 * 1024, 97))), /senselessly large/],
  ['a zip bomb that says it is small', 'bomb.xlsx', lyingBomb(), /no spreadsheet|senselessly large/],
  ['a cell of 100 MB in a workbook', 'long.xlsx', workbook(sheetXml(longText(100 * 1024 * 1024))), /line 1, column 1 is longer than 4096 characters/],
  ['a cell of 5 MB in a CSV', 'long.csv', Buffer.concat([Buffer.from('序号,姓名\n1,'), longText(5 * 1024 * 1024)]), /cell is too long/],
  ['a file of 100 MB', 'long.csv', longText(100 * 1024 * 1024), /larger than 64 MiB/],
]

export async function testRosterFiles(test, browser, binary) {
  let server
  await test('the program serves an empty database for rosters', async () => {
    server = await serveEmpty(binary, mkdtempSync(join(tmpdir(), 'plenum-rosters-')))
  })
  if (server === undefined) return
  const page = await openPage(browser, { width: 1280, height: 800 }, { stillClock: false, reducedMotion: 'reduce' })
  page.setDefaultTimeout(90_000)
  const faults = watch(page, server.origin)
  await page.goto(server.link.replace('/#', '/?lang=en#'))
  await page.waitForSelector('main h1')
  await page.evaluate(async (founded) => {
    const answer = await fetch('/api/acts', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'roster-files-found' }, body: JSON.stringify(founded) })
    if (!answer.ok) throw new Error(await answer.text())
  }, { act: 'registry.found_organisation', congress: '', with: { organisation: 'group', level: 'basic', form: 'committee', name: { 'zh-Hans': '虚构集团', 'zh-Hant': '虛構集團', en: 'Invented Group' }, territory_code: '', industry_code: '', credit_code: '', on: '2021-10-15' } })

  /** Everything that the preview shows of this file, and how long its first rows took. */
  async function previewed(name, buffer) {
    await page.goto(`${server.origin}/console/?lang=en#/`)
    await page.waitForSelector('main h1')
    await page.evaluate(() => (location.hash = '#/register/import?organisation=group'))
    await page.waitForSelector('#roster-file:enabled')
    await page.check('[data-synthetic]')
    const answers = []
    const onResponse = (response) => {
      if (response.url().endsWith('/api/imports/preview')) answers.push({ sent: response.request().postDataJSON(), got: response.json() })
    }
    page.on('response', onResponse)
    const answered = async (run) => {
      const before = answers.length
      await run()
      while (answers.length === before) await page.waitForTimeout(5)
      const part = await answers.at(-1).got
      await page.waitForFunction((first) => document.querySelector('.preview')?.ariaBusy === 'false' && document.querySelector('.preview [data-line]')?.dataset.line === String(first), part.rows[0].line)
      return part
    }
    const begun = Date.now()
    await page.setInputFiles('#roster-file', { name, mimeType: xlsxType, buffer })
    await page.waitForSelector('[data-rows]')
    const ms = Date.now() - begun
    const rows = []
    const onPage = []
    let part = await answered(() => page.selectOption('#preview-only', 'all'))
    for (;;) {
      // What stands on the page is what came.
      const shown = await page.$$eval('.preview .rows tbody', (all) => all.map((body) => `${body.querySelector('[data-line]').dataset.line} ${body.querySelector('td[data-title="Name"]').textContent} ${body.querySelectorAll('.findings li').length}`))
      const came = part.rows.map((row) => `${row.line} ${row.name} ${row.problems.length + row.repaired.length + row.notes.length}`)
      onPage.push(...expect(shown.join('\n') === came.join('\n'), `the page of line ${part.rows[0].line} shows other rows`))
      rows.push(...part.rows)
      if (part.next === null) break
      part = await answered(() => page.click('[data-next-page]'))
    }
    page.off('response', onResponse)
    return { rows, ms, onPage, sentRows: answers.every((each) => Array.isArray(each.sent.sheet.rows)) }
  }

  await test('a ledger of our own as XLSX: every field equal or its problem told', async () => {
    const { buffer, truth } = await ownLedger()
    const { rows, onPage, sentRows } = await previewed('花名册.xlsx', buffer)
    const { counted, faults: wrong } = score(rows, truth)
    const told = (index, column) => expect(rows[index]?.problems.some((each) => each.column === column), `nothing is told of the ${column} of row ${index + 1}`)
    return [...wrong, ...onPage, ...faults.splice(0), ...expect(sentRows, 'the browser has not sent rows'), ...told(2, 'id'), ...told(3, 'name'), ...told(3, 'birth'), ...told(3, 'phone'), ...expect(counted.told >= 4 && counted.told <= 6, `${counted.told} told`)]
  })

  await test('the five thousand dirty rows as XLSX: every field equal or its problem told', async () => {
    const folder = join(shared, 'data/rosters')
    if (!existsSync(join(folder, 'members-5000-dirty.xlsx'))) {
      console.log('plenum: SKIPPED: there are no dirty rosters under PLENUM_SHARED')
      return []
    }
    const [, ...truth] = readFileSync(join(folder, 'members-5000-dirty.truth.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
    const { rows, ms, onPage, sentRows } = await previewed('members-5000-dirty.xlsx', readFileSync(join(folder, 'members-5000-dirty.xlsx')))
    const { counted, faults: wrong } = score(rows, truth)
    console.log(`plenum: members-5000-dirty.xlsx in the browser: ${counted.equal} fields equal, ${counted.told} told, ${counted.silent} silent; ${counted.not_found} kinds not found, ${counted.without_dirt} found without dirt; first rows after ${ms} ms`)
    return [...wrong, ...onPage, ...faults.splice(0), ...expect(sentRows, 'the browser has not sent rows'), ...expect(counted.equal + counted.told === 40_000 && counted.silent === 0, JSON.stringify(counted))]
  })

  await test('files that are no rosters are told by name', async () => {
    const found = []
    await page.evaluate(() => (location.hash = '#/register/import?organisation=group'))
    await page.waitForSelector('#roster-file:enabled')
    for (const [what, name, buffer, wanted] of badFiles()) {
      const path = join(mkdtempSync(join(tmpdir(), 'plenum-bad-')), name)
      writeFileSync(path, buffer)
      const begun = Date.now()
      await page.setInputFiles('#roster-file', path)
      await page.waitForFunction(() => document.querySelector('.preview[aria-busy="false"]') !== null && document.querySelector('.preview [role="alert"] .note') !== null)
      const told = await page.textContent('.preview [role="alert"]')
      const ms = Date.now() - begun
      if (process.env.TELL !== undefined) console.log(`${what}: ${ms} ms, ${told}`)
      found.push(...expect(wanted.test(told), `${what}: ${told}`), ...expect((await page.$('.preview [data-rows]')) === null, `${what} has a preview`))
      // The next one must not find the words of this one.
      await page.evaluate(() => (location.hash = '#/register'))
      await page.waitForSelector('[data-found]')
      await page.evaluate(() => (location.hash = '#/register/import?organisation=group'))
      await page.waitForSelector('#roster-file:enabled')
    }
    return [...found, ...faults.splice(0).filter((each) => !/status of 4\d\d/.test(each))]
  })
  await page.context().close()
  server.child.removeAllListeners('exit')
  server.child.kill('SIGTERM')
}
