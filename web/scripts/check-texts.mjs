// SPDX-License-Identifier: Apache-2.0
// Fails on a text that is missing in a language, differs in its parameters, or is used by nobody.
import { readFileSync } from 'node:fs'
import { sources } from './sources.mjs'
import { faultsOf, flatten } from './texts.mjs'

const read = (name) => JSON.parse(readFileSync(new URL(`../packages/i18n/${name}.json`, import.meta.url), 'utf8'))
const languages = { 'zh-Hans': read('zh-Hans'), 'zh-Hant': read('zh-Hant'), en: read('en') }
const faults = faultsOf(languages, sources(['.vue', '.ts']))
for (const fault of faults) console.error(fault)
console.log(`texts: ${flatten(languages.en).length} keys in 3 languages, ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
