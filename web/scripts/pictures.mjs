// SPDX-License-Identifier: Apache-2.0
// Draws the six states from the fixtures to docs/img/screen/, and one hall screen for the README.
// With a folder as its argument it draws the hard cases too, there, for people to look at.
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage, screenSizes } from '../tests/browser/browser.mjs'
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
for (const language of languages) {
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
await browser.close()
await server.close()
if (elsewhere === undefined) {
  copyFileSync(`${target}/election_result-zh-Hans-1920.png`, fileURLToPath(new URL('../../docs/img/hall-screen.png', import.meta.url)))
}
