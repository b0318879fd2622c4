// SPDX-License-Identifier: Apache-2.0
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../packages/api/client'
import type { ElectionRow, Field, PreviewRow, UnitRow } from '../../packages/api/desk'
import { csvText, fileName, harmless, sheetName, xlsxBlob } from '../../packages/sheets/table'
import { cellPlace, FileRefused, formulasOf, limits, mustBeSane, rowsOfXlsx } from '../../packages/sheets/read-xlsx'
import { drawnAt, filledIn, freshId, isAbout, missing, toSend } from '../../apps/console/acting/fields'
import { proposal } from '../../apps/console/allocation'
import { chaptersOf } from '../../apps/console/contents'
import { emptySheet, incomplete, sheetOf, sumOf, unbalanced, validBallots } from '../../apps/console/count'
import { delegateId, delegatesOf, unitOf } from '../../apps/console/delegates'
import { base64 } from '../../apps/console/roster'
import { useSeries } from '../../apps/console/use-series'
import { filtered, pagesOf, sorted, type Column } from '../../apps/console/table/rows'
import { desk, forms } from '../browser/desk-fixtures.mjs'

interface Person {
  readonly name: string
  readonly age: number | null
}
const people: readonly Person[] = [{ name: '何 样', age: 41 }, { name: 'Ｋ10', age: null }, { name: 'k9', age: 7 }, { name: '阿', age: 170 }]
const columns: readonly Column<Person>[] = [
  { key: 'name', title: '姓名', value: (row) => row.name },
  { key: 'age', title: '年龄', value: (row) => row.age },
]

describe('a table', () => {
  it('is searched by every word, whatever the width and case of its letters', () => {
    expect(filtered(people, columns, 'K', {}).map((row) => row.age)).toEqual([null, 7])
    expect(filtered(people, columns, '何 41', {})).toHaveLength(1)
    expect(filtered(people, columns, '何 42', {})).toHaveLength(0)
    expect(filtered(people, columns, '', { age: '170' }).map((row) => row.name)).toEqual(['阿'])
  })
  it('is sorted by numbers as numbers and by figures in texts by size, empty cells last either way', () => {
    expect(sorted(people, columns, { key: 'age', down: false }, 'en').map((row) => row.age)).toEqual([7, 41, 170, null])
    expect(sorted(people, columns, { key: 'age', down: true }, 'en').map((row) => row.age)).toEqual([170, 41, 7, null])
    const names = sorted(people, columns, { key: 'name', down: false }, 'en').map((row) => row.name)
    expect(names.indexOf('k9')).toBeLessThan(names.indexOf('Ｋ10'))
  })
  it('has one page even without rows', () => {
    expect([pagesOf(0, 50), pagesOf(50, 50), pagesOf(51, 50)]).toEqual([1, 1, 2])
  })
})

describe('a table as a file', () => {
  it.each(['=1+1', '+1', '-2', '@sum', '\tx'])('keeps %j from being run', (text) => {
    expect(harmless(text)).toBe(`'${text}`)
  })
  it('is CSV with a byte order mark, quoted where it must be, numbers as they are', () => {
    const text = csvText({ name: 'n', headings: ['a', '=b'], rows: [['=HYPERLINK("x")', -5], ['二,三', null]] })
    expect(text).toBe('\ufeffa,\'=b\r\n"\'=HYPERLINK(""x"")",-5\r\n"二,三",\r\n')
  })
  it('is XLSX that is read back as it was, and in which a formula is text', async () => {
    const blob = await xlsxBlob({ name: '代表/名册', headings: ['姓名', '号'], rows: [['何样', 17], ['=1+1', 5], ['', null]] })
    const read = await rowsOfXlsx(new Uint8Array(await blob.arrayBuffer()))
    expect(read.rows).toEqual([['姓名', '号'], ['何样', 17], ['=1+1', 5]])
    expect(read.name).toBe('代表 名册')
  })
  it('has a name that every system takes', () => {
    expect(fileName('a/b: "c"', 'csv')).toBe('a b c.csv')
    expect([...sheetName('一'.repeat(40))]).toHaveLength(31)
  })
})

const why = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof FileRefused) return error.why
    throw error
  }
  return ''
}
/** The same file with another size unpacked in its directory: what a bomb says of itself. */
function claiming(file: Uint8Array, size: number): Uint8Array {
  const changed = file.slice()
  const view = new DataView(changed.buffer)
  for (let at = 0; at + 4 <= changed.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true)
  return changed
}
const workbook = (sheet: string, more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array => {
  const text = (part: string) => new TextEncoder().encode(part)
  return zipSync({
    '[Content_Types].xml': text('<Types/>'),
    'xl/workbook.xml': text('<workbook><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': text('<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': text(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
    ...more,
  })
}

describe('a workbook from outside', () => {
  it('is refused where it is none', () => {
    expect(why(() => mustBeSane(new TextEncoder().encode('序号,姓名')))).toBe('no_spreadsheet')
    expect(why(() => mustBeSane(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])))).toBe('old_spreadsheet')
    expect(why(() => mustBeSane(zipSync({ 'a.txt': new Uint8Array(5) })))).toBe('no_spreadsheet')
  })
  it('is refused before it is unpacked where it would become too large', () => {
    const sheet = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(1000) })
    expect(why(() => mustBeSane(sheet))).toBe('')
    expect(why(() => mustBeSane(claiming(sheet, 50 * 1024 * 1024)))).toBe('bomb')
    expect(why(() => mustBeSane(claiming(sheet, 0xffffffff)))).toBe('bomb')
  })
  it('is refused with the place of a cell that is too long', async () => {
    const long = 'x'.repeat(limits.cellCharacters + 1)
    const error = await rowsOfXlsx(workbook(`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>${long}</t></is></c></row>`)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FileRefused)
    expect([(error as FileRefused).why, (error as FileRefused).facts['row'], (error as FileRefused).facts['column']]).toEqual(['cell_too_long', 1, 2])
  })
  it('shows a formula as its text and keeps a number a number', async () => {
    const { rows, name } = await rowsOfXlsx(workbook('<row r="1"><c r="A1"><f>CMD("calc")&amp;1</f><v>7</v></c><c r="B1"><v>990000197108040832</v></c><c r="C1" t="inlineStr"><is><t>何样</t></is></c></row>'))
    expect(name).toBe('名册')
    expect(rows).toEqual([['=CMD("calc")&1', 990000197108040832, '何样']])
  })
  it('keeps characters beyond sixteen bits, however they are written', async () => {
    const { rows } = await rowsOfXlsx(workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>张&#150141;</t></is></c><c r="B1" t="inlineStr"><is><t>试&#x234CA;&#38;&#x4e00;𤩽</t></is></c></row>'))
    expect(rows).toEqual([['张𤩽', '试𣓊&一𤩽']])
  })
  it('is refused with the place of a cell that is senselessly long, before it is read', async () => {
    const long = Buffer.alloc(3_000_000, 'ab').toString()
    const inline = await rowsOfXlsx(workbook(`<row r="3"><c r="AB3" t="inlineStr"><is><t>${long}</t></is></c></row>`)).catch((thrown: unknown) => thrown)
    expect((inline as FileRefused).facts).toEqual({ row: 3, column: 28, most: limits.cellCharacters })
    const shared = await rowsOfXlsx(workbook('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', { 'xl/sharedStrings.xml': new TextEncoder().encode(`<sst><si><t>a</t></si><si><t>${long}</t></si></sst>`) })).catch((thrown: unknown) => thrown)
    expect([(shared as FileRefused).why, (shared as FileRefused).facts['column']]).toEqual(['cell_too_long', 2])
  })
  it('names its cells', () => {
    expect([cellPlace('A1'), cellPlace('AB12'), cellPlace('x')]).toEqual([[0, 0], [27, 11], null])
    expect([...formulasOf('<c r="B2"><f t="shared" si="0"/><v>1</v></c>')]).toEqual([['B2', '=']])
  })
  it('is sent as base64, however large', () => {
    const bytes = new Uint8Array(70_001).map((_, index) => index % 251)
    expect(Buffer.from(base64(bytes), 'base64').equals(Buffer.from(bytes))).toBe(true)
  })
})

const put = forms.acts.find((form: { name: string }) => form.name === 'congress.put_question')?.fields as readonly Field[]
describe('the form of an act', () => {
  it('is filled with what is known, and says what is missing as the server names it', () => {
    const values = filledIn(put, { question: 'q5', mode: 'show_of_hands', subject: { agenda: { items: [{ id: 'a', title: { 'zh-Hans': '一', 'zh-Hant': '一', en: 'One' } }] } }, strange: 1 })
    expect(values).not.toHaveProperty('strange')
    expect(missing(put, values)).toEqual(['subject.agenda.items[0].type'])
    expect(missing(put, filledIn(put, {}))).toEqual(['question', 'mode', 'subject'])
  })
  it('sends no optional field that is empty, and texts without the spaces around them', () => {
    const values = filledIn(put, { question: ' q5 ', text: { 'zh-Hans': ' 一 ', 'zh-Hant': '一', en: 'One' }, mode: 'show_of_hands', subject: { presidium: { members: ['d001'], secretary_general: 'd001' } } })
    const sent = toSend(put, values)
    expect(sent).not.toHaveProperty('item')
    expect(sent).not.toHaveProperty('closes_at')
    expect(sent['text']).toEqual({ 'zh-Hans': '一', 'zh-Hant': '一', en: 'One' })
    expect(sent['subject']).toEqual({ presidium: { members: ['d001'], secretary_general: 'd001' } })
  })
  it('finds the field that a refusal is about', () => {
    expect([isAbout('a[3].b', 'a'), isAbout('a[3].b', 'a[3]'), isAbout('ab', 'a'), isAbout('a', 'a')]).toEqual([true, true, false, true])
  })
  it('says a refusal at the nearest thing that is drawn', () => {
    const values = filledIn(put, { text: { 'zh-Hans': '一', 'zh-Hant': '', en: '' }, subject: { agenda: { items: [{ id: 'a', title: { 'zh-Hans': '一', 'zh-Hant': '一', en: 'One' } }] } } })
    const at = (place: string): string | null => drawnAt(put, values, place)
    expect(at('subject.agenda.items[0].type')).toBe('subject.agenda.items[0].type')
    expect(at('subject.agenda.items[0]')).toBe('subject.agenda.items[0]')
    expect(at('subject.agenda.items[7].type')).toBe('subject.agenda.items')
    expect(at('subject.presidium.members')).toBe('subject')
    expect(at('text.en')).toBe('text')
    expect(at('texts')).toBeNull()
    expect(at('')).toBeNull()
  })
  it('makes ids that nobody bears', () => {
    expect(freshId('Group 2/1', new Set(['group-2-1']))).toBe('group-2-1-2')
    expect(freshId('大会', new Set())).toBe('n')
  })
})

describe('the proposal for the seats', () => {
  const units = [3960, 2850, 2120, 1210].map((members, index) => ({ id: `u${index}`, members }))
  it('goes by the largest remainder', () => {
    // 40 seats over 10,140 members: 15.62, 11.24, 8.36, 4.77
    expect([...(proposal(40, units, 1) ?? [])].sort()).toEqual([['u0', 16], ['u1', 11], ['u2', 8], ['u3', 5]])
  })
  it('gives nobody less than the least, and all of the seats', () => {
    const found = proposal(40, units, 7)
    expect(found?.get('u3')).toBe(7)
    expect([...(found?.values() ?? [])].reduce((sum, seats) => sum + seats, 0)).toBe(40)
  })
  it('draws no lots and shares out no more than there is', () => {
    expect(proposal(3, [{ id: 'a', members: 5 }, { id: 'b', members: 5 }], 0)).toBeNull()
    expect(proposal(3, units, 1)).toBeNull()
  })
})

const election = desk.elections[0] as unknown as ElectionRow
describe('a teller’s sheet', () => {
  const sheet = emptySheet(election)
  it('begins without a single figure of the votes', () => {
    expect(Object.values(sheet.votes).every((marks) => marks.for === '' && marks.against === '' && marks.abstain === '')).toBe(true)
    expect(incomplete(sheet, election)).toBe(true)
  })
  it('says which rows do not add up, and sends what was typed', () => {
    sheet.returned = '158'
    sheet.invalid = '2'
    for (const [index, each] of election.candidates.entries()) sheet.votes[each.id] = { for: String(150 - index), against: '4', abstain: String(2 + index) }
    expect(validBallots(sheet)).toBe(156)
    expect([incomplete(sheet, election), unbalanced(sheet, election)]).toEqual([false, []])
    const first = election.candidates[0]?.id ?? ''
    sheet.votes[first] = { for: '149', against: '4', abstain: '2' }
    expect(unbalanced(sheet, election)).toEqual([first])
    expect(sumOf({ for: '5', against: '', abstain: '1' }, election.columns)).toBeNull()
    sheet.writeIns.push({ name: ' 丙另选 ', votes: '4' })
    const sent = sheetOf(sheet, election) as { votes: unknown[]; write_ins: unknown[] }
    expect(sent.votes[0]).toEqual({ candidate: first, in_favour: 149, against: 4, abstain: 2 })
    expect(sent.write_ins).toEqual([{ name: '丙另选', votes: 4 }])
  })
  it('has no columns that the paper does not offer', () => {
    const plain = { ...election, columns: { ...election.columns, against: false, abstain: false } }
    const sent = sheetOf(sheet, plain) as { votes: Record<string, unknown>[] }
    expect(Object.keys(sent.votes[0] ?? {})).toEqual(['candidate', 'in_favour'])
  })
})

describe('the roster of delegates', () => {
  const row = (more: Partial<PreviewRow>): PreviewRow =>
    ({ row: 3, line: 6, number: 3, unit: '总部机关代表团', name: '何样', sex: '女', birth: '1985-06', post: '工程师', category: '管理人员', remark: '团长', ...more }) as PreviewRow
  const units = [{ id: 'hq', name: { 'zh-Hans': '总部机关', 'zh-Hant': '總部機關', en: 'Headquarters' } }] as unknown as readonly UnitRow[]
  it('finds the unit by the name of its delegation in any script', () => {
    expect([unitOf(row({}), units), unitOf(row({ unit: '總部機關代表團' }), units), unitOf(row({ unit: '他处' }), units)]).toEqual(['hq', 'hq', null])
  })
  it('becomes the delegates that the unit reports', () => {
    expect(delegatesOf([row({}), row({ row: 9, number: 4, sex: '男', category: '一线职工', remark: '特邀' })], 'hq')).toEqual([
      { id: 'd003', unit: 'hq', category: '管理人员', manager: true, head: true, name: '何样', sex: 'female', birth: '1985-06', post: '工程师' },
      { id: 'd004', unit: 'hq', category: '一线职工', manager: false, head: false, name: '何样', sex: 'male', birth: '1985-06', post: '工程师' },
    ])
    expect(delegateId(1234)).toBe('d1234')
  })
})

describe('the contents of a congress', () => {
  it('say where each chapter stands', () => {
    const of = (more: object): string => chaptersOf({ ...desk, ...more } as never).map((chapter) => chapter.state).join(' ')
    expect(of({})).toBe('under_way under_way under_way under_way under_way under_way under_way')
    const begun = { requests: [], pack: { ...desk.pack, unconfirmed: ['x'] }, allocation: null, units: [], credentials: { ...desk.credentials, delegates: 0, adopted: false }, agenda: [], sitting: null, sittings: [], elections: [], bodies: desk.bodies.map((body: object) => ({ ...body, state: 'vacant' })), documents: [] }
    expect(of(begun)).toBe('under_way open waiting waiting waiting open under_way')
  })
})

describe('one act after another', () => {
  const refused = new ApiError(409, 'congress.not_entitled', 'Not entitled.')
  it('tells how far it has come, and counts what went through', async () => {
    const series = useSeries(() => expect.unreachable())
    const seen: unknown[] = []
    const running = series.run([5, 6, 17], async (each) => void seen.push([each, series.progress.value]))
    expect(await series.run([9], async () => expect.unreachable())).toBeNull()
    expect(await running).toBe(3)
    expect(seen).toEqual([[5, { done: 0, all: 3 }], [6, { done: 1, all: 3 }], [17, { done: 2, all: 3 }]])
    expect(series.progress.value).toBeNull()
    expect(series.refusal.value).toBeNull()
  })
  it('stops at the first that is refused, says why, and forgets it at the next beginning', async () => {
    const series = useSeries(() => expect.unreachable())
    expect(await series.run([5, 6, 17], async (each) => { if (each === 6) throw refused })).toBe(1)
    expect(series.refusal.value).toBe(refused)
    expect(await series.run([9], async () => undefined)).toBe(1)
    expect(series.refusal.value).toBeNull()
  })
  it('hands on what is no refusal: a lost sign-in, a mistake of ours', async () => {
    for (const thrown of [new ApiError(401, 'http.not_signed_in', ''), new TypeError('x')]) {
      const told: unknown[] = []
      const series = useSeries((error) => void told.push(error))
      expect(await series.run([5], async () => { throw thrown })).toBe(0)
      expect(told).toEqual([thrown])
      expect(series.refusal.value).toBeNull()
    }
  })
})
