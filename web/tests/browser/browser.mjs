// SPDX-License-Identifier: Apache-2.0
import { chromium } from 'playwright-core'
import { now } from './fixtures.mjs'

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  })
}

export const screenSizes = { 1920: { width: 1920, height: 1080 }, 1280: { width: 1280, height: 720 } }

/** A page whose clock stands at the fixtures' instant, in the hall's time zone. */
export async function openPage(browser, viewport, options = {}) {
  const context = await browser.newContext({ viewport, timezoneId: 'Asia/Shanghai', locale: 'zh-CN', ...options })
  const page = await context.newPage()
  if (options.stillClock !== false) await page.clock.setFixedTime(now)
  return page
}
