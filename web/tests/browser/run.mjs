// SPDX-License-Identifier: Apache-2.0
// The browser tests: (a) the built pages against fixtures, (b) against the real server where PLENUM_BIN names it. Without a
// word all of them run, but the congress through the console; it takes minutes, and tests/long/console.sh holds it. Words choose:
//   fixtures   rehearsal   rosters   congress (30 delegates)   whole-congress (170 delegates)
import { startFixtures } from './with-fixtures.mjs'
import { startRealServer } from './with-server.mjs'

let passed = 0
let failed = 0
async function test(name, run) {
  try {
    const faults = (await run()) ?? []
    if (faults.length === 0) {
      passed++
      return
    }
    failed++
    console.error(`FAILED ${name}`)
    for (const fault of faults) console.error(`       ${fault}`)
  } catch (error) {
    failed++
    console.error(`FAILED ${name}\n       ${error.stack}`)
  }
}

const words = process.argv.slice(2)
const all = ['fixtures', 'rehearsal', 'rosters', 'congress', 'whole-congress']
const strange = words.filter((word) => !all.includes(word))
if (strange.length > 0) {
  console.error(`usage: run.mjs [${all.join('] [')}]; not ${strange.join(' ')}`)
  process.exit(2)
}
const chosen = (word) => words.length === 0 || words.includes(word)
if (chosen('fixtures')) await startFixtures(test)
const real = {
  rehearsal: chosen('rehearsal'),
  rosters: chosen('rosters'),
  congress: words.includes('whole-congress') ? 'full' : words.includes('congress') ? 'small' : null,
}
if (real.rehearsal || real.rosters || real.congress !== null) await startRealServer(test, real)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
