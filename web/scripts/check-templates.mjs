// SPDX-License-Identifier: Apache-2.0
// Forbids v-html, style attributes and literal text in templates, innerHTML, bare fetch and missing licence lines.
import { sources } from './sources.mjs'
import { templateFaults } from './templates.mjs'

const faults = []
const licence = 'SPDX-License-Identifier: Apache-2.0'
for (const [path, source] of sources(['.vue', '.ts', '.css'])) {
  // schema.d.ts is generated; its description in docs/ carries no licence line either.
  if (!path.endsWith('schema.d.ts') && !source.slice(0, 200).includes(licence)) faults.push(`${path}:1: no licence line`)
  if (path.endsWith('.vue')) faults.push(...templateFaults(path, source))
  if (/\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write/.test(source)) faults.push(`${path}: writes HTML from a string`)
  if (path.startsWith('apps') && /\bfetch\(/.test(source)) faults.push(`${path}: bare fetch; use packages/api/client.ts`)
}
for (const fault of faults) console.error(fault)
console.log(`templates: ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
