// SPDX-License-Identifier: Apache-2.0
// Writes NAME.gz beside every text file of the build; the server sends it to browsers that accept gzip. The list of chunks,
// which only the size budget reads, goes out of the served folder.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const build = fileURLToPath(new URL('../../build/web', import.meta.url))
renameSync(join(build, 'chunks.json'), fileURLToPath(new URL('../../build/web-chunks.json', import.meta.url)))
for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(html|js|css|svg|txt|json)$/.test(entry.name)) continue
  const path = join(entry.parentPath, entry.name)
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
}
