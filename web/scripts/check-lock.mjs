// SPDX-License-Identifier: Apache-2.0
// The lock file must serve everyone: no addresses of one place's registry, every package with its integrity hash, and
// package.json with exact versions only.
import { readFileSync } from 'node:fs'

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const faults = []
for (const [name, entry] of Object.entries(read('package-lock.json').packages)) {
  if (entry.resolved !== undefined) faults.push(`package-lock.json: ${name} has a resolved address`)
  if (name !== '' && entry.integrity === undefined) faults.push(`package-lock.json: ${name} has no integrity hash`)
}
const declared = read('package.json')
for (const [name, version] of Object.entries({ ...declared.dependencies, ...declared.devDependencies })) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`package.json: ${name} is not pinned exactly: ${version}`)
}
for (const fault of faults) console.error(fault)
console.log(`lock file: ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
