// SPDX-License-Identifier: Apache-2.0
// The source files of the pages, as [path, content], in a fixed order.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))

export function sources(extensions) {
  return ['apps', 'packages']
    .flatMap((folder) => readdirSync(join(web, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [relative(web, path), readFileSync(path, 'utf8')])
}
