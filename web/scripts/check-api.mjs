// SPDX-License-Identifier: Apache-2.0
// The types of the interface must be those that its committed description gives: after a change of openapi.json,
// `npm run api`.
import { readFileSync } from 'node:fs'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const api = new URL('../packages/api/', import.meta.url)
const wanted = COMMENT_HEADER + astToString(await openapiTS(new URL('openapi.json', api)))
const committed = readFileSync(new URL('schema.d.ts', api), 'utf8')
if (committed !== wanted) {
  console.error('packages/api/schema.d.ts is not what openapi.json gives: npm run api')
  process.exit(1)
}
console.log('interface types: as described')
