// SPDX-License-Identifier: Apache-2.0
// What the three language files and the sources say about texts; the faults that `npm run check` and the unit test report.

/** { 'area.thing.part': 'text' } from nested objects. */
export function flatten(messages, before = '') {
  return Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${before}${name}`, value]] : flatten(value, `${before}${name}.`),
  )
}

/** The names between braces, sorted; a plural form's are those of all its choices together. */
export function parametersOf(message) {
  return [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join(' ')
}

/**
 * The keys that sources use. A key is the literal first argument of t(…), or of te(…), or the branch of a condition in it.
 * Keys made at run time are announced by a comment `texts: area.thing.*` beside them.
 */
export function usesOf(sources) {
  const exact = new Set()
  const prefixes = new Set()
  for (const [, source] of sources) {
    for (const call of source.matchAll(/\bte?\(([^)]*)/g)) {
      for (const literal of call[1].matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/g)) exact.add(literal[1])
    }
    for (const note of source.matchAll(/(?:\/\/|<!--) texts: ([^\n]*?)(?:-->|\n)/g)) {
      for (const key of note[1].trim().split(/\s+/)) {
        if (key.endsWith('.*')) prefixes.add(key.slice(0, -1))
        else exact.add(key)
      }
    }
  }
  return { exact, prefixes }
}

/** All faults as sentences; an empty list where there are none. */
export function faultsOf(languages, sources) {
  const faults = []
  const maps = Object.fromEntries(Object.entries(languages).map(([name, messages]) => [name, new Map(flatten(messages))]))
  const all = new Set(Object.values(maps).flatMap((map) => [...map.keys()]))
  for (const key of [...all].sort()) {
    const parameters = new Set()
    for (const [name, map] of Object.entries(maps)) {
      const message = map.get(key)
      if (message === undefined) faults.push(`${name}: ${key} is missing`)
      else if (message.trim() === '') faults.push(`${name}: ${key} is empty`)
      else parameters.add(parametersOf(message))
    }
    if (parameters.size > 1) faults.push(`${key} has different parameters: ${[...parameters].join(' / ')}`)
  }
  const { exact, prefixes } = usesOf(sources)
  for (const key of [...exact].sort()) if (!all.has(key)) faults.push(`${key} is used and in no language`)
  for (const prefix of [...prefixes].sort()) {
    if (![...all].some((key) => key.startsWith(prefix))) faults.push(`${prefix}* is announced and in no language`)
  }
  for (const key of [...all].sort()) {
    if (!exact.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix))) faults.push(`${key} is never used`)
  }
  return faults
}
