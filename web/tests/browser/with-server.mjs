// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage, screenSizes } from './browser.mjs'
import { axe, layout, watch } from './checks.mjs'
import { testConsoleCongress } from './console-congress.mjs'
import { testRosterFiles } from './roster-files.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const startMs = 60_000
const rehearsalMs = 180_000
const endMs = 10_000
const languages = ['zh-Hans', 'zh-Hant', 'en']
const expect = (holds, sentence) => (holds ? [] : [sentence])
const withQuery = (link, query) => link.replace('/#', `/?${query}#`)

/** Starts a rehearsed congress that is served while it runs, and waits for its links. */
function startServer(binary, pace) {
  return new Promise((resolve, reject) => {
    const command = ['rehearse', 'examples/group-congress', '--pace', pace, '--serve', '127.0.0.1:0', '--pages', 'build/web']
    const child = spawn(binary, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    const ended = new Promise((tell) => child.on('exit', (code, signal) => tell({ code, signal })))
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`no links within ${startMs} ms; printed:\n${printed}`))
    }, startMs)
    const read = (part) => {
      printed += part
      const screen = printed.match(/https?:\/\/\S+\/screen\/#\S+/)?.[0]
      const console_ = printed.match(/https?:\/\/\S+\/console\/#\S+/)?.[0]
      if (screen === undefined || console_ === undefined) return
      clearTimeout(late)
      resolve({ child, ended, screen, console: console_, origin: new URL(screen).origin })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', reject)
    void ended.then(({ code }) => {
      clearTimeout(late)
      reject(new Error(`the server ended with ${code}; printed:\n${printed}`))
    })
  })
}

/** Ends it as an operator does; the faults where it doesn't go at once and in order. */
async function endServer(server) {
  server.child.kill('SIGTERM')
  const late = new Promise((resolve) => setTimeout(() => resolve(null), endMs).unref())
  const ended = await Promise.race([server.ended, late])
  if (ended === null) server.child.kill('SIGKILL')
  return expect(ended?.code === 0, ended === null ? `not ended ${endMs} ms after SIGTERM` : `ended with ${JSON.stringify(ended)}`)
}

const ask = (page, path) => page.evaluate(async (asked) => (await fetch(asked)).json(), path)
async function newestScreen(page) {
  const [newest] = await ask(page, '/api/congresses')
  return newest === undefined ? null : ask(page, `/api/congresses/${newest.id}/screen`)
}

async function paperFaults(context, address, language, width, origin) {
  const page = await context.newPage()
  await page.setViewportSize({ width, height: 768 })
  const faults = watch(page, origin)
  const answer = await page.goto(address)
  const found = [
    ...expect(answer.ok(), `answers ${answer.status()}`),
    ...expect((await page.getAttribute('html', 'lang')) === language, 'lang of the page is wrong'),
    ...expect((await page.$$('script')).length === 0, 'has scripts'),
    ...expect((await page.textContent('main')).length > 400, 'is empty'),
    // The style sheet has come: a page without one is white.
    ...expect((await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === 'rgb(246, 247, 249)', 'paper.css has not come'),
    ...(await layout(page, { smallest: null })).filter((fault) => !fault.startsWith('div.table')),
    ...(await axe(page)),
    ...faults,
  ]
  await page.close()
  return found.map((fault) => `${new URL(address).pathname.split('/').at(-1)} ${language} ${width}: ${fault}`)
}

async function testAfterTheEnd(test, browser, binary) {
  let server
  await test('the rehearsal is served and prints its links', async () => {
    server = await startServer(binary, 'fast')
  })
  if (server === undefined) return
  const { origin } = server

  for (const language of languages) {
    await test(`real screen ${language}: the closed congress`, async () => {
      const page = await openPage(browser, screenSizes[1920], { stillClock: false })
      const faults = watch(page, origin)
      await page.goto(withQuery(server.screen, `lang=${language}`))
      await page.waitForSelector('.stage', { timeout: rehearsalMs })
      const end = Date.now() + rehearsalMs
      let shown = await newestScreen(page)
      while (shown.pause?.kind !== 'closed' && Date.now() < end) {
        await page.waitForTimeout(500)
        shown = await newestScreen(page)
      }
      if (shown.pause?.kind !== 'closed') return [`the congress is not closed but ${shown.state}`]
      await page.waitForFunction((seq) => Number(document.querySelector('[data-seq]')?.dataset.seq) >= seq, shown.seq, { timeout: 20_000 })
      await page.waitForTimeout(200)
      const text = (await page.textContent('.stage')).replace(/\s+/g, '')
      const bare = (sentence) => sentence[language].replace(/\s+/g, '')
      const found = [
        ...expect(text.includes(bare(shown.pause.sentence)), `“${shown.pause.sentence[language]}” is not shown`),
        ...expect(text.includes(bare(shown.organisation)), 'the organisation is not shown'),
        ...expect(await page.isVisible('.plate'), 'a rehearsal is not marked'),
        ...expect((await page.textContent('.hash')).replace(/\s/g, '') === shown.fingerprint.slice(0, 16), 'the fingerprint is another one'),
        ...expect(!page.url().includes('#'), 'the secret is still in the address'),
        ...(await layout(page, { smallest: 1080 / 55 })),
        ...(await axe(page)),
        ...faults,
      ]
      await page.context().close()
      return found
    })
  }

  const office = await openPage(browser, { width: 1366, height: 768 }, { stillClock: false })
  await test('real console: figures, sentences, papers', async () => {
    const faults = watch(office, origin)
    await office.goto(withQuery(server.console, 'lang=en'))
    await office.waitForSelector('.acts tbody tr', { timeout: 20_000 })
    const shown = await newestScreen(office)
    const figures = (await office.$$eval('section[aria-labelledby="figures-title"] dd', (all) => all.map((each) => Number(each.textContent))))
    const expected = Object.values(shown.figures).filter((each) => each !== null)
    const found = expect(figures.length > 0 && figures.join() === expected.join(), `figures ${figures}, expected ${expected}`)
    const [newest] = await ask(office, '/api/congresses')
    for (const language of languages) {
      await office.selectOption('.settings select', language)
      const acts = (await ask(office, `/api/congresses/${newest.id}/events?after=${Math.max(0, shown.seq - 120)}`)).events.slice(-30).reverse()
      const sentences = await office.$$eval('.acts tbody tr td:last-child', (all) => all.map((each) => each.textContent.trim()))
      found.push(...expect(acts.length > 0 && sentences.join('\n') === acts.map((each) => each.sentence[language]).join('\n'), `${language}: other sentences than the server's:\n${sentences[0]}\n${acts[0]?.sentence[language]}`))
      found.push(...[...(await layout(office, { smallest: null })), ...(await axe(office))].map((fault) => `${language}: ${fault}`))
    }
    await office.goto(`${origin}/console/?lang=en#/c/${newest.id}/record`)
    await office.waitForSelector('.paper')
    const links = await office.$$eval('.card a[href^="/api/"]', (all) => all.map((each) => each.getAttribute('href')))
    found.push(...expect(links.length === 13, `${links.length} links to papers and journal, 13 expected`))
    for (const link of links) {
      const answer = await office.context().request.get(`${origin}${link}`)
      found.push(...expect(answer.ok(), `${link} answers ${answer.status()}`))
    }
    return [...found, ...faults]
  })

  await test('real papers: readable without scripts, at 1366 and 320', async () => {
    const context = office.context()
    const [newest] = await ask(office, '/api/congresses')
    const found = []
    for (const language of languages) {
      for (const name of ['minutes', 'communique']) {
        const address = `${origin}/api/congresses/${newest.id}/papers/${name}?language=${language}&format=html`
        for (const width of [1366, 320]) found.push(...(await paperFaults(context, address, language, width, origin)))
      }
    }
    return found
  })

  await test('real hall screen in the browser of the administrator', async () => {
    const screen = await office.context().newPage()
    const faults = watch(screen, origin)
    await screen.goto(withQuery(server.screen, 'lang=en'))
    await screen.waitForSelector('.stage', { timeout: 20_000 })
    const { role } = await ask(screen, '/api/me')
    return [...expect(role === 'administrator', `the session is now one of a ${role}`), ...faults]
  })
  await office.context().close()
  await test('SIGTERM ends the server', () => endServer(server))
}

/** Some twenty seconds of a rehearsal at its own pace: delegates check in, and the screen follows. */
async function testWhileItRuns(test, browser, binary) {
  let server
  await test('a rehearsal at its own pace is served', async () => {
    server = await startServer(binary, 'real')
  })
  if (server === undefined) return
  await test('real screen: delegates gather, and the figures grow', async () => {
    const page = await openPage(browser, screenSizes[1280], { stillClock: false })
    const faults = watch(page, server.origin)
    await page.goto(withQuery(server.screen, 'lang=zh-Hans'))
    await page.waitForFunction(() => Number(document.querySelector('.gathering .present')?.textContent) > 0, undefined, { timeout: rehearsalMs })
    const found = []
    const grown = []
    for (let look = 0; look < 8; look++) {
      await page.waitForTimeout(1000)
      const drawn = () => page.evaluate(() => ({ seq: Number(document.querySelector('[data-seq]').dataset.seq), present: Number(document.querySelector('.gathering .present')?.textContent ?? NaN), rows: [...document.querySelectorAll('.delegations .share b')].reduce((sum, each) => sum + Number(each.textContent), 0) }))
      // Before, between and after: the page must show a state between two answers of the server.
      const before = await newestScreen(page)
      if (before.gathering === null) break
      await page.waitForFunction((seq) => Number(document.querySelector('[data-seq]').dataset.seq) >= seq, before.seq, { timeout: 5000 })
      const seen = await drawn()
      const after = await newestScreen(page)
      if (after.gathering === null || Number.isNaN(seen.present)) break
      grown.push(seen.present)
      const within = seen.present >= before.figures.present && seen.seq >= before.seq && seen.seq <= after.seq + 200
      found.push(...expect(within, `page ${JSON.stringify(seen)}, server ${before.figures.present} to ${after.figures.present}`))
      found.push(...expect(seen.rows === seen.present, `delegations add up to ${seen.rows} of ${seen.present}`))
    }
    found.push(...expect(grown.length >= 3 && grown.at(-1) > grown[0], `figures seen: ${grown}`))
    found.push(...(await layout(page, { smallest: 720 / 55 })), ...(await axe(page)), ...faults)
    await page.context().close()
    return found
  })
  await test('SIGTERM ends a rehearsal at its own pace', () => endServer(server))
}

/** `wanted` says which: the rehearsal and the rosters or not, and the size of the congress ("small", "full") or null. */
export async function startRealServer(test, wanted) {
  const binary = process.env.PLENUM_BIN
  if (binary === undefined || binary === '') {
    console.log('SKIPPED: the tests against the real server; set PLENUM_BIN to the plenum program')
    return
  }
  const browser = await launchBrowser()
  const program = fileURLToPath(new URL(binary, `file://${process.cwd()}/`))
  if (wanted.rehearsal) {
    await testAfterTheEnd(test, browser, program)
    await testWhileItRuns(test, browser, program)
  }
  if (wanted.rosters) await testRosterFiles(test, browser, program)
  // PICTURES names a folder for pictures of the way, for people to look at.
  if (wanted.congress !== null) await testConsoleCongress(test, browser, program, { size: wanted.congress, shots: process.env.PICTURES })
  await browser.close()
}
