// SPDX-License-Identifier: Apache-2.0
// What every page must satisfy, whatever it shows.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Collects what a page must never do: errors on the console, violations of the policy, requests to another origin. */
export function watch(page, origin) {
  const faults = []
  page.on('console', (message) => {
    // Asking who is signed in is the way to learn that nobody is; the browser tells every answer of 401 as an error.
    if (message.type() === 'error' && !message.location().url.endsWith('/api/me')) faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) faults.push(`request to another origin: ${request.url()}`)
  })
  return faults
}

/** axe's violations as sentences. The policy refuses inline scripts, so axe comes in through the debugger. */
export async function axe(page) {
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  await evaluate(axeSource)
  const violations = await evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(axeTags)} }).then((found) => found.violations.map((each) =>
      each.id + ': ' + each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))`,
  )
  await session.detach()
  return violations.map((each) => `axe: ${each}`)
}

/**
 * Boxes whose text runs out of them, text outside the window, and text smaller than a 55th of the height.
 * CJK faces draw a little below a line; that much is no overflow.
 */
export function layout(page, { smallest }) {
  return page.evaluate((least) => {
    const faults = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) faults.push(`page: ${root.scrollWidth} wide in ${root.clientWidth}`)
    if (least !== null && root.scrollHeight > root.clientHeight) faults.push(`page: ${root.scrollHeight} high in ${root.clientHeight}`)
    const name = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 24)}”`
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('.unseen, svg, .clamped, input') || element.clientWidth === 0) continue
      const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '')
      const size = parseFloat(getComputedStyle(element).fontSize)
      const spare = 0.24 * size + 2
      if (element.scrollWidth > element.clientWidth + 2) faults.push(`${name(element)}: ${element.scrollWidth} wide in ${element.clientWidth}`)
      if (least === null) continue
      if ((own.length > 0 || element.style.getPropertyValue('--fit') !== '') && element.scrollHeight > element.clientHeight + spare) faults.push(`${name(element)}: ${element.scrollHeight} high in ${element.clientHeight}`)
      if (own.length === 0) continue
      if (size < least) faults.push(`${name(element)}: ${size.toFixed(1)} px, smaller than ${least.toFixed(1)}`)
      const box = element.getBoundingClientRect()
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) faults.push(`${name(element)}: outside the window`)
    }
    // Sibling blocks of the three rows must not cover one another.
    const rows = ['header', 'main', 'footer'].map((tag) => document.querySelector(`.stage > ${tag}`)?.getBoundingClientRect())
    if (rows.every(Boolean)) {
      const [, main, bottom] = rows
      for (const element of document.querySelectorAll('.stage > main *')) {
        if (element.closest('.unseen, svg')) continue
        const box = element.getBoundingClientRect()
        if (box.height > 0 && box.bottom > main.bottom + 3) faults.push(`${name(element)}: ${Math.round(box.bottom - main.bottom)} px below the middle`)
        if (box.height > 0 && box.bottom > bottom.bottom) faults.push(`${name(element)}: below the bottom line`)
      }
    }
    return [...new Set(faults)].slice(0, 8)
  }, smallest)
}
