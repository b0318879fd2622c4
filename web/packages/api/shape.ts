// SPDX-License-Identifier: Apache-2.0

/** What came over the wire doesn't have the agreed shape; `place` names the member, as in `verdict.base_count`. */
export class WrongShape extends Error {
  constructor(
    readonly place: string,
    readonly expected: string,
  ) {
    super(`${place}: expected ${expected}`)
    this.name = 'WrongShape'
  }
}

/** Reads one value found at `place`, or throws WrongShape. */
export type Read<T> = (value: unknown, place: string) => T

export const string: Read<string> = (value, place) => {
  if (typeof value !== 'string') throw new WrongShape(place, 'a string')
  return value
}

/** Every number on the wire is an integer, and all but few count: they are not negative. */
export const count: Read<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new WrongShape(place, 'a whole number, 0 or more')
  return value
}

/** A whole number of either sign. */
export const integer: Read<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new WrongShape(place, 'a whole number')
  return value
}

export const boolean: Read<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw new WrongShape(place, 'true or false')
  return value
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** An instant: RFC 3339, UTC, with milliseconds. */
export const instant: Read<string> = (value, place) => {
  if (typeof value !== 'string' || !instantPattern.test(value) || Number.isNaN(Date.parse(value))) {
    throw new WrongShape(place, 'an instant in UTC with milliseconds')
  }
  return value
}

/** A SHA-256 hash: 64 hex digits. */
export const hash: Read<string> = (value, place) => {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new WrongShape(place, '64 hex digits')
  return value
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Read<T> {
  return (value, place) => {
    const found = allowed.find((each) => each === value)
    if (found === undefined) throw new WrongShape(place, `one of ${allowed.join(', ')}`)
    return found
  }
}

/** A member that doesn't apply is null, never absent. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, place) => (value === null ? null : read(value, place))
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw new WrongShape(place, 'a list')
    return value.map((each, index) => read(each, `${place}[${index}]`))
  }
}

type Members = Record<string, Read<unknown>>
export type ObjectOf<M extends Members> = { readonly [K in keyof M]: M[K] extends Read<infer T> ? T : never }

/** An object with exactly these members: an unknown one means that the two sides don't speak the same version. */
export function object<M extends Members>(members: M): Read<ObjectOf<M>> {
  return (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WrongShape(place, 'an object')
    const found = value as Record<string, unknown>
    const inside = (name: string): string => (place === '' ? name : `${place}.${name}`)
    for (const name of Object.keys(found)) {
      if (!Object.hasOwn(members, name)) throw new WrongShape(inside(name), 'no such member')
    }
    const result: Record<string, unknown> = {}
    for (const [name, read] of Object.entries(members)) {
      if (!Object.hasOwn(found, name)) throw new WrongShape(inside(name), 'to be present')
      result[name] = read(found[name], inside(name))
    }
    return result as ObjectOf<M>
  }
}

/** A sentence or a name in the three languages. */
export const text = object({ 'zh-Hans': string, 'zh-Hant': string, en: string })
export type Text = ObjectOf<{ 'zh-Hans': Read<string>; 'zh-Hant': Read<string>; en: Read<string> }>
