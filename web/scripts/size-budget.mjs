// SPDX-License-Identifier: Apache-2.0
// Adds up, gzipped, every file that the first view of a page loads, in the heaviest language, and fails over budget.
// It weighs the pages that `npm run build` made last.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const budgetsKiB = { screen: 230, console: 350 }

const build = fileURLToPath(new URL('../../build/web/', import.meta.url))
const chunks = new URL('../../build/web-chunks.json', import.meta.url)
if (!existsSync(chunks)) {
  console.error('the pages are not built: npm run build')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(chunks, 'utf8'))
const sizeOf = (file) => statSync(`${build}${file}.gz`).size

function filesOf(key, seen = new Map()) {
  const chunk = manifest[key]
  if (seen.has(chunk.file)) return seen
  seen.set(chunk.file, sizeOf(chunk.file))
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) seen.set(file, sizeOf(file))
  for (const next of chunk.imports ?? []) filesOf(next, seen)
  return seen
}

let over = false
for (const [app, budget] of Object.entries(budgetsKiB)) {
  const entry = manifest[`${app}/index.html`]
  const files = filesOf(`${app}/index.html`)
  files.set(`${app}/index.html`, sizeOf(`${app}/index.html`))
  // The dynamic imports are the languages, of which a page loads one.
  const languages = new Set()
  for (const key of Object.keys(manifest)) if (/i18n\/[\w-]+\.json$/.test(key)) languages.add(sizeOf(manifest[key].file))
  if (entry === undefined || languages.size === 0) throw new Error(`the manifest doesn't show what ${app} loads`)
  const total = [...files.values()].reduce((sum, size) => sum + size, 0) + Math.max(...languages)
  const kiB = total / 1024
  console.log(`${app.padEnd(8)} ${kiB.toFixed(1).padStart(6)} KiB of ${budget} KiB, gzip, ${files.size + 1} files`)
  if (kiB > budget) over = true
}
if (over) {
  console.error('over budget')
  process.exit(1)
}
