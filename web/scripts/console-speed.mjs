// SPDX-License-Identifier: Apache-2.0
// How long a person waits at the console, from the key to the changed page, with the real program and its real pages, for
// congresses of several sizes whose doors are open. Prints medians in milliseconds.
//   node scripts/console-speed.mjs [DELEGATES …]        PLENUM_BIN: another program than build/plenum, as an absolute path
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage } from '../tests/browser/browser.mjs'
import { serveEmpty } from '../tests/browser/console-congress.mjs'

const id = 'speed'
const rounds = 21
const most = 100
const membersOfASeat = 100
const packName = 'cn-grassroots-2016'
const text = (words) => ({ 'zh-Hans': words, 'zh-Hant': words, en: words })
/** The basic-level pack, with room for 10,000 delegates where its own table ends at 240. */
const pack = readFileSync(fileURLToPath(new URL(`../../rulepacks/${packName}.toml`, import.meta.url)), 'utf8').replace('[50001, -1, 180, 240]', '[50001, -1, 180, 10000]')
const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]

/** The acts that take a congress to the doors of its preparatory sitting. */
async function openDoors(act, confirm, delegates) {
  const members = delegates * membersOfASeat
  await act('congress.plan', {
    organisation: text('Invented Works Union'), higher_union: text('Invented City Federation'), numbering: { style: 'term_and_session', term: 3, session: 1 },
    congress_kind: 'electing', rehearsal: true, members, women_members: Math.floor(members / 3), delegates, term_years: 3,
    begins_on: '2026-11-18', ends_on: '2026-11-19', place: text('the Invented Hall'), utc_offset_minutes: 480, bodies: [], pack: packName, pack_texts: { [packName]: pack },
  })
  await confirm()
  for (const party of ['party_same_level', 'higher_union']) {
    await act('congress.send_request', { matter: 'holding', party, body: '', document: 'No. 5' })
    await act('congress.record_reply', { matter: 'holding', party, body: '', granted: true, document: 'No. 6' })
  }
  const firsts = Array.from({ length: Math.ceil(delegates / most) }, (_, index) => index * most + 1)
  const seatsOf = (first) => Math.min(most, delegates - first + 1)
  const of = (first) => Array.from({ length: seatsOf(first) }, (_, index) => first + index)
  await act('congress.allocate', {
    method: 'stated', minimum: 1,
    units: firsts.map((first) => ({ id: `u${first}`, name: text(`Shop ${first}`), members: seatsOf(first) * membersOfASeat, seats: seatsOf(first) })),
  })
  for (const first of firsts) {
    const seats = seatsOf(first)
    await act('congress.report_unit_election', {
      unit: `u${first}`, electors: seats * 100, participating: seats * 90, candidates: seats + Math.floor(seats / 4) + 1, least_votes: seats * 80,
      delegates: of(first).map((number) => ({
        id: `d${number}`, unit: `u${first}`, category: 'worker', manager: false, head: number === first, name: `Person ${number}`,
        sex: number % 3 === 0 ? 'female' : 'male', birth: '1987-04', post: `fitter, Shop ${first}`,
      })),
    })
  }
  for (const first of firsts) await act('congress.review_credentials', { findings: of(first).map((number) => ({ delegate: `d${number}`, finding: 'valid', reason: '' })) })
  await act('congress.open_check_in', { sitting: 'preparatory', sitting_kind: 'preparatory', title: text('preparatory meeting'), elects: false })
}

async function measure(browser, delegates) {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-speed-'))
  const server = await serveEmpty(process.env.PLENUM_BIN ?? fileURLToPath(new URL('../../build/plenum', import.meta.url)), folder)
  try {
    const page = await openPage(browser, { width: 1366, height: 768 }, { stillClock: false })
    await page.goto(server.link)
    await page.waitForSelector('main h1')
    const ask = (method, path, body) =>
      page.evaluate(
        async ([how, where, what]) => {
          const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
          const answer = await fetch(where, { method: how, headers: what === null ? {} : headers, body: what === null ? null : JSON.stringify(what) })
          const said = await answer.json()
          if (!answer.ok) throw new Error(JSON.stringify(said).slice(0, 400))
          return said
        },
        [method, path, body],
      )
    const act = (name, fields) => ask('POST', '/api/acts', { act: name, congress: id, with: fields })
    const confirm = async () => {
      const { pack: known } = await ask('GET', `/api/congresses/${id}/desk`, null)
      if (known.unconfirmed.length > 0) await act('congress.confirm_values', { fields: known.unconfirmed })
    }
    await openDoors(act, confirm, delegates)

    /** From the doing to the first picture in which the page holds what was waited for. */
    const timed = (doing, holds, argument) =>
      page.evaluate(
        async ([how, what, given]) => {
          const begin = performance.now()
          new Function('given', how)(given)
          const there = new Function('given', `return ${what}`)
          while (!there(given)) await new Promise((next) => requestAnimationFrame(next))
          return performance.now() - begin
        },
        [doing, holds, argument],
      )
    const atDoor = "document.querySelector('#check-in-search') !== null"
    const go = (path) => timed('location.hash = given', `${atDoor} === given.endsWith('/check-in') && document.querySelectorAll('main [data-row]').length >= 10`, `#/c/${id}${path}`)
    const out = {}
    await go('/check-in')
    const times = { check_in: [], to_delegates: [], filtered: [] }
    for (let round = 1; round <= rounds; ++round) {
      await page.fill('#check-in-search', String(round))
      times.check_in.push(await timed("document.querySelector('#check-in-search').form.requestSubmit()", "document.querySelector('[data-present]').textContent === given", String(round)))
      await page.waitForTimeout(150)
    }
    for (let round = 1; round <= rounds; ++round) {
      times.to_delegates.push(await go('/delegates'))
      const search = "const box = document.querySelector('main [data-search]'); box.value = given; box.dispatchEvent(new Event('input', { bubbles: true }))"
      times.filtered.push(await timed(search, "[...document.querySelectorAll('main [data-row]')].every((row) => row.textContent.includes(given))", `Person ${delegates - round}`))
      await go('/check-in')
    }
    for (const [name, each] of Object.entries(times)) out[name] = Math.round(median(each))
    await page.context().close()
    return out
  } finally {
    server.child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}

const browser = await launchBrowser()
const sizes = process.argv.slice(2).map(Number)
for (const delegates of sizes.length > 0 ? sizes : [170, 5000]) console.log(delegates, 'delegates:', JSON.stringify(await measure(browser, delegates)))
await browser.close()
