// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage, screenSizes } from './browser.mjs'
import { axe, layout, watch } from './checks.mjs'

/** A rehearsed congress, served while it runs; the links stand on its standard output. */
const command = ['rehearse', 'examples/group-congress', '--pace', 'fast', '--serve', '127.0.0.1:0']
const startMs = 60_000

/** Starts the server and waits for its links. */
function startServer(binary) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, command, { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    const late = setTimeout(() => {
      child.kill()
      reject(new Error(`no links within ${startMs} ms; printed:\n${printed}`))
    }, startMs)
    const read = (part) => {
      printed += part
      const screen = printed.match(/https?:\/\/\S+\/screen\/#\S+/)?.[0]
      const console_ = printed.match(/https?:\/\/\S+\/console\/#\S+/)?.[0]
      if (screen === undefined || console_ === undefined) return
      clearTimeout(late)
      resolve({ child, screen, console: console_ })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`the server ended with ${code}; printed:\n${printed}`))
    })
  })
}

const withQuery = (link, query) => link.replace('/#', `/?${query}#`)

export async function startRealServer(test) {
  const binary = process.env.PLENUM_BIN
  if (binary === undefined || binary === '') {
    console.log('SKIPPED: the tests against the real server; set PLENUM_BIN to the plenum program')
    return
  }
  let server
  await test('the server starts and prints its links', async () => {
    server = await startServer(binary)
  })
  if (server === undefined) return
  const browser = await launchBrowser()
  const origin = new URL(server.screen).origin

  for (const language of ['zh-Hans', 'en']) {
    await test(`real screen ${language}`, async () => {
      const page = await openPage(browser, screenSizes[1920], { stillClock: false })
      const faults = watch(page, origin)
      await page.goto(withQuery(server.screen, `lang=${language}`))
      await page.waitForSelector('.stage', { timeout: 20_000 })
      const found = [...(await layout(page, { smallest: 1080 / 55 })), ...(await axe(page)), ...faults]
      if (!(await page.isVisible('.plate'))) found.push('a rehearsal is not marked')
      const shown = await page.evaluate(async () => {
        const [newest] = await (await fetch('/api/congresses')).json()
        return (await fetch(`/api/congresses/${newest.id}/screen`)).json()
      })
      // The rehearsal goes on while we look, so only what stays is compared.
      if (!(await page.textContent('header')).includes(shown.organisation[language])) found.push('the organisation is not shown')
      if (!/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/.test((await page.textContent('.hash')).trim())) found.push('no fingerprint')
      if (page.url().includes('#')) found.push('the secret is still in the address')
      await page.context().close()
      return found
    })
  }

  await test('real console', async () => {
    const page = await openPage(browser, { width: 1366, height: 768 }, { stillClock: false })
    const faults = watch(page, origin)
    await page.goto(withQuery(server.console, 'lang=en'))
    await page.waitForSelector('.events tbody tr', { timeout: 20_000 })
    const found = [...(await layout(page, { smallest: null })), ...(await axe(page)), ...faults]
    const links = await page.$$eval('.card a[href^="/api/"]', (all) => all.map((each) => each.getAttribute('href')))
    if (links.length !== 13) found.push(`${links.length} links to papers and journal, 13 expected`)
    for (const link of links) {
      const answer = await page.context().request.get(`${origin}${link}`)
      if (!answer.ok()) found.push(`${link} answers ${answer.status()}`)
    }
    await page.context().close()
    return found
  })

  await browser.close()
  server.child.removeAllListeners('exit')
  server.child.kill()
}
