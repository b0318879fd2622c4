// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'

/** The hands of a person at the console. */
export class Hands {
  /** shots: a folder for pictures of what stands on the way, for people to look at; undefined where nobody looks. */
  constructor(page, congress, shots) {
    this.page = page
    this.congress = congress
    this.shots = shots
    this.seen = []
  }
  async picture(name) {
    if (this.shots !== undefined) await this.page.screenshot({ path: join(this.shots, `${name}.png`) })
  }
  async go(path) {
    await this.page.evaluate((to) => (location.hash = to), `#${path}`)
    await this.page.waitForFunction((to) => location.hash === to, `#${path}`)
    await this.page.waitForSelector('main h1')
  }
  async at(path) {
    await this.go(`/c/${this.congress}${path}`)
  }
  field(path) {
    return `.act-dialog #f-${path.replace(/[^\w-]/g, '_')}`
  }
  async texts(path, words) {
    for (const [language, text] of Object.entries(words)) await this.page.fill(`${this.field(path)}-${language}`, text)
  }
  /** Fills the open form; a list is filled row by row with its button. */
  async fill(values) {
    for (const [path, value] of Object.entries(values)) {
      if (typeof value === 'object') await this.texts(path, value)
      else if (typeof value === 'boolean') await this.page.setChecked(this.field(path), value)
      else {
        const box = this.page.locator(this.field(path))
        if ((await box.evaluate((element) => element.tagName)) === 'SELECT') await box.selectOption(String(value))
        else await box.fill(String(value))
      }
    }
  }
  async choose(path, ids) {
    for (const id of ids) {
      const box = this.page.locator(`${this.field(path)}-adding`)
      if ((await box.evaluate((element) => element.tagName)) === 'SELECT') await box.selectOption(id)
      else await box.fill(id)
      await box.press('Enter')
    }
  }
  async empty(path) {
    const chips = this.page.locator(`${this.field(path)} .chip-off`)
    while ((await chips.count()) > 0) await chips.first().click()
  }
  async opened() {
    await this.page.waitForSelector('.act-dialog', { state: 'visible' })
  }
  /** From the form to the sentence, and done; answers the sentence. */
  async put() {
    await this.page.click('[data-put]')
    return this.confirm()
  }
  async confirm() {
    await this.page.waitForSelector('[data-confirm]:not([disabled]), .act-dialog [role="alert"] .note, .act-dialog .fault')
    const fault = await this.page.locator('.act-dialog [role="alert"] .note, .act-dialog .fault').allTextContents()
    if (fault.length > 0) throw new Error(`refused: ${fault.join(' ')}`)
    const sentence = (await this.page.locator('.sentence-now').allTextContents()).join(' ').trim()
    if (this.picturing !== undefined) await this.picture(this.picturing)
    this.picturing = undefined
    await this.page.click('[data-confirm]')
    await this.page.waitForSelector('.act-dialog', { state: 'hidden' })
    this.seen.push(sentence)
    return sentence
  }
  /** The chair's bar: waits until this is the act to be done next, and begins it. */
  async next(act) {
    await this.page.click(`[data-next][data-act="${act}"]:not([disabled])`)
    await this.opened()
  }
  /** A step of a page by its act's name, and by words where there are several. */
  async step(act, words) {
    const all = this.page.locator(`.steps [data-act="${act}"]`)
    const one = words === undefined ? all.first() : all.filter({ hasText: words }).first()
    await one.waitFor()
    await one.click()
    await this.opened()
  }
}
