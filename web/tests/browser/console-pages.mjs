// SPDX-License-Identifier: Apache-2.0
// Every page of the console, by its address; the fixtures hold what stands on them.
export const consolePages = {
  home: '/', plan: '/plan', register: '/register', members: '/register/u1', import: '/register/import?organisation=group', any_register: '/any',
  now: '/c/cong-1', prepare: '/c/cong-1/prepare', rules: '/c/cong-1/rules', units: '/c/cong-1/units', roster: '/c/cong-1/roster', delegates: '/c/cong-1/delegates', check_in: '/c/cong-1/check-in',
  agenda: '/c/cong-1/agenda', sitting: '/c/cong-1/sitting', questions: '/c/cong-1/questions', presidium: '/c/cong-1/presidium', elections: '/c/cong-1/elections',
  election_counting: '/c/cong-1/elections/cong-1-committee', election_result: '/c/cong-1/elections/cong-1-audit', election_list: '/c/cong-1/elections/cong-1-new', election_write_ins: '/c/cong-1/elections/cong-1-agreed', election_open_seats: '/c/cong-1/elections/cong-1-open', election_differs: '/c/cong-1/elections/cong-1-differ',
  count: '/c/cong-1/elections/cong-1-committee/count/teller-2', documents: '/c/cong-1/documents', record: '/c/cong-1/record', any: '/c/cong-1/any',
}

/** Opens a page of the console that is signed in already, and waits for it to stand still. */
export async function goTo(page, origin, language, name) {
  await page.goto(`${origin}/console/?lang=${language}#${consolePages[name]}`)
  await page.waitForSelector('main h1')
  if (name === 'home') await page.waitForSelector('.data')
  if (name === 'import') {
    await page.setInputFiles('#roster-file', { name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from('序号,姓名\n1,何样\n') })
    await page.waitForSelector('[data-rows]')
  }
  if (name === 'plan') {
    await page.waitForFunction(() => document.querySelectorAll('#plan-pack option').length > 1)
    await page.selectOption('#plan-pack', 'cn-grassroots-2016')
    await page.waitForSelector('.data')
  }
  await page.waitForFunction(() => document.querySelectorAll('main [role="status"]').length === 0 || !/请稍候|請稍候|Please wait/.test(document.querySelector('main').textContent))
  await page.waitForTimeout(150)
}
