// SPDX-License-Identifier: Apache-2.0
// Draws the six states from the fixtures to docs/img/screen/, and one hall screen for the README. With a folder as its argument it
// draws the hard cases and every page of the console too, there, for people to look at (`ONLY=console` or `ONLY=screen` draws one of
// them). The pictures of docs/img/console/ are of a real congress: `PICTURES=folder npm run test:browser -- congress`.
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage, screenSizes } from '../tests/browser/browser.mjs'
import { consolePages, goTo } from '../tests/browser/console-pages.mjs'
import { edges, states } from '../tests/browser/fixtures.mjs'
import { startFixtureServer } from '../tests/browser/server.mjs'

const elsewhere = process.argv[2]
const target = elsewhere ?? fileURLToPath(new URL('../../docs/img/screen', import.meta.url))
mkdirSync(target, { recursive: true })
const wanted = elsewhere === undefined ? states : { ...states, ...edges }
const languages = (process.env.LANGUAGES ?? 'zh-Hans,en').split(',')
const widths = (process.env.WIDTHS ?? '1920,1280').split(',')

let seq = 1000
const server = await startFixtureServer()
const browser = await launchBrowser()
const only = process.env.ONLY ?? ''
for (const language of only === 'console' ? [] : languages) {
  for (const width of widths) {
    const page = await openPage(browser, screenSizes[width])
    await page.goto(`${server.origin}/screen/?lang=${language}#picture`)
    for (const [name, view] of Object.entries(wanted)) {
      // Reloading is not needed: the view comes on the stream, as in the hall.
      server.show({ ...view, seq: ++seq })
      await page.waitForFunction((seq) => document.querySelector('[data-seq]')?.dataset.seq === String(seq), seq)
      await page.screenshot({ path: `${target}/${name}-${language}-${width}.png` })
    }
    await page.context().close()
  }
}
if (elsewhere !== undefined && only !== 'screen') await drawConsole(elsewhere)
await browser.close()
await server.close()
if (elsewhere === undefined && only !== 'console') {
  copyFileSync(`${target}/election_result-zh-Hans-1920.png`, fileURLToPath(new URL('../../docs/img/hall-screen.png', import.meta.url)))
}

/** Every page at a desk in Simplified Chinese; a few in English and on a telephone. */
async function drawConsole(folder) {
  server.state.role = 'administrator'
  const some = ['now', 'delegates', 'election_counting', 'count', 'import']
  for (const [language, width, height, names] of [['zh-Hans', 1366, 768, Object.keys(consolePages)], ['en', 1366, 768, some], ['zh-Hant', 1366, 768, ['now']], ['en', 320, 640, ['now', 'check_in']]]) {
    const page = await openPage(browser, { width, height })
    await page.goto(`${server.origin}/console/?lang=${language}#picture`)
    await page.waitForSelector('main h1')
    for (const name of names) {
      await goTo(page, server.origin, language, name)
      await page.screenshot({ path: `${folder}/${name}-${language}-${width}.png` })
    }
    if (width === 1366 && language === 'zh-Hans') {
      await goTo(page, server.origin, language, 'now')
      await page.click('[data-next]')
      await page.waitForSelector('.act-dialog input')
      await page.fill('#f-for', '150')
      await page.screenshot({ path: `${folder}/act_form-${language}-${width}.png` })
      await page.click('[data-put]')
      await page.waitForSelector('.sentence-now')
      await page.screenshot({ path: `${folder}/act_sentence-${language}-${width}.png` })
    }
    await page.context().close()
  }
}
