// SPDX-License-Identifier: Apache-2.0
// The browser tests: (a) the built pages against fixtures, (b) against the real server where PLENUM_BIN names it.
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

await startFixtures(test)
await startRealServer(test)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
