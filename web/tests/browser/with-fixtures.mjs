// SPDX-License-Identifier: Apache-2.0
import { launchBrowser, openPage, screenSizes } from './browser.mjs'
import { axe, layout, watch } from './checks.mjs'
import { acts, edges, states, view, verdict } from './fixtures.mjs'
import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import write from 'write-excel-file/universal'
import { consolePages, goTo } from './console-pages.mjs'
import { startFixtureServer } from './server.mjs'

const expect = (holds, sentence) => (holds ? [] : [sentence])

export async function startFixtures(test) {
  const server = await startFixtureServer()
  const browser = await launchBrowser()
  let seq = 1000

  async function show(page, shown) {
    server.show({ ...shown, seq: ++seq })
    await page.waitForFunction((wanted) => document.querySelector('[data-seq]')?.dataset.seq === String(wanted), seq)
  }

  const runs = [
    ...Object.keys(screenSizes).flatMap((width) => ['zh-Hans', 'en'].map((language) => [width, language, { ...states, ...edges }])),
    ['1920', 'zh-Hant', states],
  ]
  for (const [width, language, shown] of runs) {
    const page = await openPage(browser, screenSizes[width])
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/screen/?lang=${language}#a-secret`)
    for (const [name, each] of Object.entries(shown)) {
      await test(`screen ${name} ${language} ${width}`, async () => {
        await show(page, each)
        const found = [
          ...(await layout(page, { smallest: screenSizes[width].height / 55 })),
          ...expect((await page.getAttribute('html', 'lang')) === language, 'lang of the page is wrong'),
          ...faults.splice(0),
        ]
        // axe looks at every state once in each language and size, and at the hard cases in one.
        if (name in states || width === '1920') found.push(...(await axe(page)))
        return found
      })
    }
    await page.context().close()
  }

  await test('screen keeps its shape in windows of other sizes', async () => {
    const found = []
    for (const [w, h] of [[1024, 768], [2560, 1080], [3840, 2160], [1366, 768]]) {
      const page = await openPage(browser, { width: w, height: h })
      const faults = watch(page, server.origin)
      await page.goto(`${server.origin}/screen/?lang=en#a-secret`)
      for (const each of Object.values(states)) {
        await show(page, each)
        found.push(...(await layout(page, { smallest: Math.min(h, (w * 9) / 16) / 55 })).map((fault) => `${w}x${h}: ${fault}`))
      }
      found.push(...faults)
      await page.context().close()
    }
    return found
  })

  await test('screen exchanges the secret of the link and strips it from the address', async () => {
    server.state.links = []
    server.state.signedIn = false
    const page = await openPage(browser, screenSizes[1280])
    await page.goto(`${server.origin}/screen/?lang=en#top-secret`)
    await page.waitForSelector('.stage')
    const found = [
      ...expect(server.state.links.join() === 'top-secret', `links given: ${server.state.links}`),
      ...expect(!page.url().includes('secret'), `the address still reads ${page.url()}`),
    ]
    await page.context().close()
    return found
  })

  await test('screen keeps the time of the congress wherever its browser stands', async () => {
    const found = []
    const told = []
    for (const timezoneId of ['Asia/Shanghai', 'UTC', 'America/Los_Angeles']) {
      const page = await openPage(browser, screenSizes[1280], { timezoneId })
      await page.goto(`${server.origin}/screen/?lang=en#s`)
      await page.waitForSelector('.stage')
      await show(page, states.gathering)
      told.push([await page.textContent('.clock .day'), await page.textContent('.clock .time'), await page.textContent('.bottom .time')].map((each) => each.trim()).join(' | '))
      await show(page, { ...states.gathering, utc_offset_minutes: -570 })
      told.push([await page.textContent('.clock .day'), await page.textContent('.clock .time')].map((each) => each.trim()).join(' | '))
      await page.context().close()
    }
    const [hall, elsewhere] = told
    told.forEach((each, index) => {
      const wanted = index % 2 === 0 ? hall : elsewhere
      found.push(...expect(each === wanted, `${each}, not ${wanted}`))
    })
    found.push(...expect(hall !== elsewhere && hall.includes('17:14'), `in the hall: ${hall}`))
    return found
  })

  await test('screen shows the congress that the server says is on screen, and the one that its link names', async () => {
    const found = []
    const before = server.state.congresses
    server.state.congresses = [{ ...before[2], id: 'planned', on_screen: false }, ...before]
    for (const [search, wanted] of [['', 'cong-1'], ['&congress=planned', 'planned']]) {
      const page = await openPage(browser, screenSizes[1280])
      const asked = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(`${server.origin}/screen/?lang=en${search}#s`)
      await page.waitForSelector('.stage')
      const live = asked.filter((path) => path.startsWith('/api/congresses/'))
      found.push(...expect(live.length > 0 && live.every((path) => path.startsWith(`/api/congresses/${wanted}/`)), `${search || 'no name'}: ${live.join(' ')}`))
      await page.context().close()
    }
    server.state.congresses = before
    return found
  })

  await test('screen tells its figures in a table and the verdict in words', async () => {
    const page = await openPage(browser, screenSizes[1280])
    await page.goto(`${server.origin}/screen/?lang=en#s`)
    await page.waitForSelector('.stage')
    await show(page, states.election_result)
    const cells = await page.$$eval('tbody tr:first-child td, tbody tr:first-child th', (all) => all.map((each) => each.textContent.trim()))
    await show(page, states.verdict)
    const word = await page.textContent('.word')
    await page.context().close()
    return [
      ...expect(['1', '154', '1', '✓ Elected'].every((each) => cells.includes(each)), `first row: ${cells}`),
      ...expect(word.trim() === 'Adopted', `verdict: ${word}`),
    ]
  })

  await test('screen marks a cut stream, then resumes with Last-Event-ID', async () => {
    const page = await openPage(browser, screenSizes[1280], { stillClock: false })
    await page.goto(`${server.origin}/screen/?lang=en#s`)
    await page.waitForSelector('.stage')
    server.act({ ...acts[0], seq: 777 })
    await page.waitForTimeout(200)
    const found = expect((await page.$('.fault')) === null, 'marked while the stream is alive')
    server.state.away = true
    server.state.streamHeaders = []
    server.cut()
    await page.waitForSelector('.fault', { timeout: 9000 })
    const mark = await page.textContent('.fault')
    found.push(...expect(/Disconnected/.test(mark), `the mark reads ${mark}`))
    server.state.view = view('verdict', { ...verdict, for: 149 }, { seq: ++seq })
    server.state.away = false
    await page.waitForFunction(() => document.querySelector('.fault') === null, undefined, { timeout: 15_000 })
    await page.waitForFunction(() => document.querySelector('dd')?.closest('body').textContent.includes('149'))
    const first = server.state.streamHeaders[0]
    found.push(...expect(first?.lastEventId === '777' || /after=777/.test(first?.url), `resumed with ${JSON.stringify(first)}`))
    await page.context().close()
    return found
  })

  await test('screen begins anew where the server is behind what it has seen', async () => {
    const page = await openPage(browser, screenSizes[1280], { stillClock: false })
    await page.goto(`${server.origin}/screen/?lang=en#s`)
    await page.waitForSelector('.stage')
    server.act({ ...acts[0], seq: 5000 })
    await page.waitForTimeout(200)
    server.state.lastSeq = 420
    server.state.streamHeaders = []
    server.state.view = view('verdict', { ...verdict, for: 133 }, { seq: 420 })
    server.cut()
    await page.waitForFunction(() => document.querySelector('[data-seq]')?.dataset.seq === '420', undefined, { timeout: 9000 })
    const found = expect(server.state.streamHeaders.some((each) => each.url.endsWith('/live') && each.lastEventId === null), `asked ${JSON.stringify(server.state.streamHeaders)}`)
    server.state.lastSeq = Number.MAX_SAFE_INTEGER
    await page.context().close()
    return found
  })

  await test('screen waits for a congress that does not exist yet', async () => {
    const all = server.state.congresses
    server.state.congresses = []
    const page = await openPage(browser, screenSizes[1280], { stillClock: false })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/screen/?lang=en#s`)
    await page.waitForFunction(() => document.body.textContent.includes('There is no congress to show yet'))
    const found = [...(await axe(page)), ...faults.splice(0)]
    server.state.congresses = all
    await page.waitForSelector('.stage', { timeout: 9000 })
    await page.context().close()
    return found
  })

  await test('screen without a link says what to do', async () => {
    server.state.signedIn = false
    const page = await openPage(browser, screenSizes[1280])
    await page.goto(`${server.origin}/screen/?lang=en`)
    await page.waitForFunction(() => document.body.textContent.includes('Open this page with the screen link'))
    await page.context().close()
  })

  // From here on the journal is as long as the list of acts.
  server.state.role = 'administrator'
  server.state.acts = acts
  seq = acts.at(-1).seq
  for (const [width, height, language, large] of [[1366, 768, 'zh-Hans', false], [1366, 768, 'en', false], [320, 640, 'en', false], [1366, 768, 'zh-Hant', true], [320, 640, 'zh-Hans', true]]) {
    server.state.view = { ...edges.election_page_2, seq: ++seq }
    const page = await openPage(browser, { width, height })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=${language}#once`)
    await page.waitForSelector('main h1')
    if (large) await page.check('.settings input')
    for (const name of Object.keys(consolePages)) {
      await test(`console ${name} ${width} ${language}${large ? ', large text' : ''}`, async () => {
        await goTo(page, server.origin, language, name)
        const found = [...(await layout(page, { smallest: null })), ...faults.splice(0)]
        // axe looks at every page in both languages and at the narrow one; large text changes sizes only.
        if (!large) found.push(...(await axe(page)))
        if (consolePages[name].startsWith('/c/')) found.push(...expect(await page.isVisible('.rehearsal-plate'), 'a rehearsal is not marked'), ...expect(/^演[练練] Rehearsal$/.test(await page.textContent('.rehearsal-plate')), 'the plate says something else'))
        found.push(...expect((await page.title()).length > 8 && !page.url().includes('once'), `title ${await page.title()}, address ${page.url()}`))
        return found
      })
    }
    await page.context().close()
  }

  await test('console: the next act by the keyboard alone, from its form to its sentence', async () => {
    server.state.asked = []
    const page = await openPage(browser, { width: 1366, height: 768 })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await page.waitForSelector('[data-next]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.act-dialog input')
    const found = (await axe(page)).map((fault) => `form: ${fault}`)
    found.push(...expect(await page.evaluate(() => document.activeElement?.closest('.act-dialog') !== null), 'the keyboard is not in the dialog'))
    await page.keyboard.press('Escape')
    await page.waitForSelector('.act-dialog', { state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.waitForSelector('.act-dialog input')
    // An empty form is told at the field, and the keyboard stands there.
    await page.fill('#f-for', '150')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.sentence-now')
    found.push(...(await axe(page)).map((fault) => `confirmation: ${fault}`))
    found.push(...expect((await page.textContent('.sentence-now')).includes('This is done: congress.declare_vote'), 'the sentence is not repeated'))
    found.push(...expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-confirm')), 'the keyboard is not on the confirmation'))
    await page.keyboard.press('Enter')
    await page.waitForSelector('.act-dialog', { state: 'hidden' })
    const [asked] = server.state.asked
    found.push(...expect(asked?.act === 'congress.declare_vote' && asked.with.question === 'q2' && asked.with.for === 150 && asked.seen === 412 && asked.congress === 'cong-1', `asked ${JSON.stringify(asked)}`))
    for (const [key, selector] of [['?', '.keys'], ['Escape', null], ['g', null], ['d', 'main h1']]) {
      await page.keyboard.press(key)
      if (selector !== null) await page.waitForSelector(selector)
      if (key === '?') found.push(...(await axe(page)).map((fault) => `keys: ${fault}`))
      if (key === 'Escape') await page.waitForSelector('.keys', { state: 'hidden' })
    }
    await page.getByRole('heading', { level: 1, name: 'Delegates and credentials' }).waitFor()
    await page.waitForSelector('main [data-search]')
    await page.keyboard.press('/')
    await page.keyboard.type('d170')
    await page.getByText('1 of 170 rows').waitFor()
    await page.context().close()
    return [...found, ...faults]
  })

  await test('console: where seats stay open a further ballot and fewer seats are offered', async () => {
    server.state.asked = []
    const page = await openPage(browser, { width: 1366, height: 768 })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await goTo(page, server.origin, 'en', 'election_open_seats')
    await page.waitForSelector('[data-next-round="for_open_seats"]')
    const found = expect((await page.textContent('[data-reduce-seats]')).includes('from 9 to 7'), 'fewer seats are not offered')
    await page.click('[data-reduce-seats]')
    await page.waitForSelector('.sentence-now')
    await page.click('[data-confirm]')
    await page.waitForSelector('.act-dialog', { state: 'hidden' })
    const [asked] = server.state.asked
    found.push(...expect(asked?.act === 'congress.put_question' && asked.with.subject.reduce_seats?.seats === 7, `asked ${JSON.stringify(asked)}`))
    await page.context().close()
    return [...found, ...faults]
  })

  await test('console: a form says what is missing, and whose act came in between', async () => {
    const page = await openPage(browser, { width: 1366, height: 768 })
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await page.waitForSelector('main h1')
    await page.goto(`${server.origin}/console/?lang=en#/c/cong-1/any`)
    // A title has one line; a question is read out, and may have several.
    const texts = () => page.$$eval('.act-dialog .texts .field > :last-child', (boxes) => boxes.map((box) => `${box.id} ${box.tagName}`).join(' '))
    await page.click('[data-form="congress.open_check_in"]')
    await page.waitForSelector('.act-dialog form')
    const title = await texts()
    await page.keyboard.press('Escape')
    await page.waitForSelector('.act-dialog', { state: 'hidden' })
    await page.click('[data-form="congress.put_question"]')
    await page.waitForSelector('.act-dialog form')
    const question = await texts()
    await page.click('[data-put]')
    const found = expect((await page.textContent('.act-dialog [role="alert"]')).includes('2 fields are missing'), 'does not say how many fields are missing')
    found.push(...(await axe(page)))
    found.push(...expect(title === 'f-title-zh-Hans INPUT f-title-zh-Hant INPUT f-title-en INPUT', `a title is asked for as ${title}`))
    found.push(...expect(question === 'f-text-zh-Hans TEXTAREA f-text-zh-Hant TEXTAREA f-text-en TEXTAREA', `a question is asked for as ${question}`))
    await page.selectOption('#f-mode', 'show_of_hands')
    await page.selectOption('#f-subject-kind', 'presidium')
    await page.fill('#f-subject_presidium_members-adding', 'd001')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.fill('#f-subject_presidium_secretary_general', 'd002')
    server.state.refusals = { 'congress.put_question': { status: 409, name: 'app.changed_meanwhile', detail: 'Somebody else has just done the same.', place: null, facts: { actor: 'x', at: '', seq: 413 } } }
    await page.click('[data-put]')
    await page.getByText('Somebody else has just done the same.').waitFor()
    server.state.refusals = { 'congress.put_question': { status: 409, name: 'congress.not_a_delegate', detail: 'There is no such delegate.', place: { file: '', line: 0, column: 0, field: 'subject.presidium.secretary_general' }, facts: {} } }
    await page.getByRole('button', { name: 'I have seen it' }).click()
    await page.click('[data-put]')
    await page.getByText('There is no such delegate.').waitFor()
    found.push(...expect((await page.getAttribute('#f-subject_presidium_secretary_general', 'aria-invalid')) === 'true', 'the field of the refusal is not marked'))
    found.push(...expect(await page.evaluate(() => document.activeElement?.id === 'f-subject_presidium_secretary_general'), 'the keyboard is not at the fault'))
    // A row of a list has no field of its own to say it at; a part of a field that is drawn as one neither.
    for (const [field, detail] of [['subject.presidium.members[0]', 'This delegate may not be a member.'], ['text.en', 'The English text is too long.']]) {
      server.state.refusals = { 'congress.put_question': { status: 409, name: 'congress.not_a_delegate', detail, place: { file: '', line: 0, column: 0, field }, facts: {} } }
      await page.click('[data-put]')
      await page.locator('.act-dialog .fault').getByText(detail).waitFor()
    }
    server.state.refusals = {}
    await page.context().close()
    return found
  })

  await test('console: tables go out as CSV and XLSX with what is shown', async () => {
    const page = await openPage(browser, { width: 1366, height: 768 })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await page.waitForSelector('main h1')
    await goTo(page, server.origin, 'en', 'delegates')
    await page.fill('main [data-search]', 'd00')
    const take = async (name) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
    }
    const csv = await take('Export CSV')
    const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n')
    const found = expect(csv.name === 'Delegates.csv' && lines.length === 10 && lines[0].startsWith('\ufeffId,Name') && lines[1].startsWith('d001,'), `${csv.name}: ${lines.length} lines, ${lines[0]}`)
    const xlsx = await take('Export XLSX')
    found.push(...expect(xlsx.bytes.subarray(0, 2).toString() === 'PK' && xlsx.bytes.length > 2000, 'the workbook is none'))
    await page.context().close()
    return [...found, ...faults]
  })

  await test('console: a workbook is read in the browser, a bomb is not', async () => {
    const page = await openPage(browser, { width: 1366, height: 768 })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await page.waitForSelector('main h1')
    await page.goto(`${server.origin}/console/?lang=en#/register/import?organisation=group`)
    await page.waitForSelector('#roster-file:enabled')
    const sent = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/imports/preview')) sent.push(request.postDataJSON())
    })
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(12 * 1024 * 1024) })
    await page.setInputFiles('#roster-file', { name: 'bomb.xlsx', mimeType, buffer: Buffer.from(bomb) })
    await page.getByText('senselessly large').waitFor()
    const blob = await write([[{ value: '序号' }, { value: '姓名' }], [{ value: 17, type: Number }, { value: '=1+1' }]], { sheet: '名册' }).toBlob()
    await page.setInputFiles('#roster-file', { name: 'roster.xlsx', mimeType, buffer: Buffer.from(await blob.arrayBuffer()) })
    await page.waitForSelector('[data-rows]')
    const rows = JSON.stringify(sent.at(-1)?.sheet?.rows)
    const found = expect(sent.length === 1 && rows === '[["序号","姓名"],[17,"=1+1"]]', `${sent.length} previews, rows ${rows}`)
    await page.context().close()
    return [...found, ...faults]
  })

  await test('console turns pages, shows and removes a notice, and tells a refusal', async () => {
    server.state.view = { ...edges.election_page_2, seq: ++seq }
    server.state.posts = []
    const page = await openPage(browser, { width: 1366, height: 768 })
    await page.goto(`${server.origin}/console/?lang=en#once`)
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('Page 3 of 3').waitFor()
    await page.getByRole('button', { name: 'Show the notice' }).click()
    const found = expect((await page.textContent('.note.bad')).includes('Fill in all three languages'), 'no word about the missing languages')
    for (const id of ['zh-Hans', 'zh-Hant', 'en']) await page.fill(`#notice-${id}`, `lunch ${id}`)
    await page.getByRole('button', { name: 'Show the notice' }).click()
    await page.getByText('The notice is on the hall screen.').waitFor()
    server.show({ ...edges.long_notice, seq: ++seq })
    await page.getByRole('button', { name: 'Remove the notice' }).click()
    await page.getByText('The notice has been removed.').waitFor()
    server.show({ ...edges.election_page_2, election_result: { ...edges.election_page_2.election_result, pages: 99, page: 90 }, seq: ++seq })
    await page.getByText('Page 90 of 99').waitFor()
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('没有这一页').waitFor()
    const asked = server.state.posts.map((post) => JSON.stringify(post.asked)).join(' ')
    const notice = '{"notice":{"zh-Hans":"lunch zh-Hans","zh-Hant":"lunch zh-Hant","en":"lunch en"}}'
    found.push(...expect(asked === `{"page":3} ${notice} {"notice":null} {"page":91}`, `asked ${asked}`))
    const keys = server.state.posts.map((post) => post.key)
    found.push(...expect(new Set(keys).size === 4 && keys.every((key) => key?.length >= 16), `Idempotency-Keys ${keys}`))
    found.push(...expect(server.state.posts[0].language === 'en', 'Accept-Language is not the language of the page'))
    await page.context().close()
    return found
  })

  await test('console shows acts as sentences, also as they come', async () => {
    const page = await openPage(browser, { width: 1366, height: 768 })
    const faults = watch(page, server.origin)
    await page.goto(`${server.origin}/console/?lang=en`)
    await page.waitForSelector('.acts')
    await page.waitForSelector('.acts tbody tr')
    const first = await page.textContent('.acts tbody tr td:last-child')
    const found = expect(/checks in|For 150/.test(first), `the newest act reads ${first}`)
    const sentence = { 'zh-Hans': '大会闭幕。', 'zh-Hant': '大會閉幕。', en: 'The congress closes.' }
    server.act({ ...acts[0], seq: ++seq, kind: 'congress_closed', sentence })
    await page.getByText('The congress closes.').waitFor()
    await page.selectOption('.settings select', 'zh-Hant')
    await page.getByText('大會閉幕。').waitFor()
    await page.goto(`${server.origin}/console/?lang=zh-Hant#/plan`)
    await page.getByRole('link', { name: '全部大會' }).click()
    await page.waitForSelector('.data tbody tr')
    const tags = await page.$$eval('.data tbody tr', (all) => all.map((each) => [...each.querySelectorAll('td')].slice(2, 4).map((cell) => cell.textContent.trim()).join()))
    found.push(...expect(tags.join('|') === '正在開會,演練|已閉幕,正式|unheard_of,正式', `phases: ${tags.join('|')}`), ...faults)
    await page.context().close()
    return found
  })

  await test('console opens the hall screen in the session of the administrator', async () => {
    server.state.links = []
    const page = await openPage(browser, { width: 1366, height: 768 })
    await page.goto(`${server.origin}/console/?lang=en#once`)
    const [screen] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Open the hall screen' }).click()])
    await screen.waitForSelector('.stage')
    // A screen link opened in this browser leaves the session alone.
    await screen.goto(`${server.origin}/screen/?lang=en#screen-secret`)
    await screen.waitForSelector('.stage')
    const found = expect(server.state.links.join() === 'once', `links exchanged: ${server.state.links}`)
    found.push(...expect(!screen.url().includes('secret'), `the address still reads ${screen.url()}`))
    await page.context().close()
    return found
  })

  await test('console without a session says what to do', async () => {
    server.state.signedIn = false
    const page = await openPage(browser, { width: 1366, height: 768 })
    await page.goto(`${server.origin}/console/?lang=en`)
    await page.getByText('Open this page with the administrator’s link').waitFor()
    const found = await axe(page)
    await page.context().close()
    return found
  })

  await browser.close()
  await server.close()
}
