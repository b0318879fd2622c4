// SPDX-License-Identifier: Apache-2.0
// The form of an act as values: empty ones, what is missing, and what is sent.
import type { Field, FieldType, With } from '../../../packages/api/desk'

export type Value = unknown
export type Values = Record<string, Value>

export function emptyOf(type: FieldType): Value {
  switch (type.is) {
    case 'text':
    case 'id':
    case 'date':
    case 'time':
    case 'choice':
      return ''
    case 'texts':
      return { 'zh-Hans': '', 'zh-Hant': '', en: '' }
    case 'number':
    case 'one_of':
      return null
    case 'yes_no':
      return false
    case 'list':
      return []
    case 'map':
      return {}
    case 'record':
      return emptyRecord(type.fields)
  }
}
export function emptyRecord(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, emptyOf(field.type)]))
}

/** The empty form with what is known laid over it; what the form doesn't know is left out. */
export function filledIn(fields: readonly Field[], known: With): Values {
  return Object.fromEntries(fields.map((field) => [field.name, laidOver(field.type, known[field.name])]))
}
function laidOver(type: FieldType, known: unknown): Value {
  if (known === undefined || known === null) return emptyOf(type)
  if (type.is === 'record') return isObject(known) ? filledIn(type.fields, known) : emptyOf(type)
  if (type.is === 'list') return Array.isArray(known) ? known.map((each) => laidOver(type.of, each)) : []
  if (type.is === 'one_of') {
    if (!isObject(known)) return null
    const [kind] = Object.keys(known)
    const found = type.kinds.find((each) => each.value === kind)
    return found === undefined || kind === undefined ? null : { [kind]: filledIn(found.fields, (known[kind] ?? {}) as With) }
  }
  return plainCopy(known)
}

/** A copy without the page's own wrappers around it, which structuredClone refuses. Everything here is JSON. */
export const plainCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const isObject = (value: unknown): value is With => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True where nobody has put anything into it yet. */
export function isEmpty(type: FieldType, value: Value): boolean {
  switch (type.is) {
    case 'text':
    case 'id':
    case 'date':
    case 'time':
    case 'choice':
      return typeof value !== 'string' || value.trim() === ''
    case 'texts':
      return !isObject(value) || Object.values(value).every((each) => String(each).trim() === '')
    case 'number':
      return typeof value !== 'number' || !Number.isFinite(value)
    case 'yes_no':
      return false
    case 'list':
      return !Array.isArray(value) || value.length === 0
    case 'map':
      return !isObject(value) || Object.keys(value).length === 0
    case 'one_of':
      return !isObject(value)
    case 'record':
      return !isObject(value) || type.fields.every((field) => isEmpty(field.type, value[field.name]))
  }
}

/** What the server cannot read at all when it is empty. An empty text is a text, and the server says where it wants one. */
const mustBeGiven: ReadonlySet<FieldType['is']> = new Set(['id', 'date', 'time', 'number', 'choice', 'one_of'])

/** The paths of what still has to be given, as the server would name them. */
export function missing(fields: readonly Field[], values: With, before = ''): readonly string[] {
  return fields.flatMap((field) => missingIn(field.type, values[field.name], field.optional, `${before}${field.name}`))
}
function missingIn(type: FieldType, value: Value, optional: boolean, path: string): readonly string[] {
  // A choice may offer the empty word itself.
  if (type.is === 'choice' && type.choices.some((each) => each.value === '')) return []
  if (isEmpty(type, value)) return !optional && mustBeGiven.has(type.is) ? [path] : type.is === 'record' && !optional ? missing(type.fields, isObject(value) ? value : {}, `${path}.`) : []
  if (type.is === 'record' && isObject(value)) return missing(type.fields, value, `${path}.`)
  if (type.is === 'list' && Array.isArray(value)) return value.flatMap((each, index) => missingIn(type.of, each, false, `${path}[${index}]`))
  if (type.is === 'one_of' && isObject(value)) {
    const [kind] = Object.keys(value)
    const found = type.kinds.find((each) => each.value === kind)
    if (found !== undefined && kind !== undefined) return missing(found.fields, (value[kind] ?? {}) as With, `${path}.${kind}.`)
  }
  return []
}

/** What is sent: optional members that are empty are left out, texts lose the spaces around them. */
export function toSend(fields: readonly Field[], values: With): With {
  const sent: Values = {}
  for (const field of fields) {
    const value = values[field.name]
    if (field.optional && isEmpty(field.type, value)) continue
    sent[field.name] = cleaned(field.type, value)
  }
  return sent
}
function cleaned(type: FieldType, value: Value): Value {
  switch (type.is) {
    case 'text':
      return typeof value !== 'string' ? '' : type.long ? value : value.trim()
    case 'texts':
      return isObject(value) ? Object.fromEntries(Object.entries(value).map(([language, text]) => [language, String(text).trim()])) : value
    case 'list':
      return Array.isArray(value) ? value.map((each) => cleaned(type.of, each)) : []
    case 'record':
      return toSend(type.fields, isObject(value) ? value : {})
    case 'one_of': {
      if (!isObject(value)) return value
      const [kind] = Object.keys(value)
      const found = type.kinds.find((each) => each.value === kind)
      return found === undefined || kind === undefined ? value : { [kind]: toSend(found.fields, (value[kind] ?? {}) as With) }
    }
    default:
      return value
  }
}

/** "a[3].b" said of the field with this path, or of something within it. */
export const isAbout = (place: string, path: string): boolean =>
  place === path || (place.startsWith(path) && (place[path.length] === '.' || place[path.length] === '['))

/** What of the form a refusal's place is said at: the place itself, else the nearest thing around it that is drawn. */
export function drawnAt(fields: readonly Field[], values: With, place: string, before = ''): string | null {
  const field = fields.find((each) => isAbout(place, before + each.name))
  return field === undefined ? null : drawnIn(field.type, values[field.name], place, before + field.name)
}
function drawnIn(type: FieldType, value: Value, place: string, path: string): string {
  if (type.is === 'record') return drawnAt(type.fields, isObject(value) ? value : {}, place, `${path}.`) ?? path
  if (type.is === 'list' && Array.isArray(value)) {
    const index = value.findIndex((_, at) => isAbout(place, `${path}[${at}]`))
    return index < 0 ? path : drawnIn(type.of, value[index], place, `${path}[${index}]`)
  }
  if (type.is === 'map' && isObject(value)) {
    const name = Object.keys(value).find((each) => isAbout(place, `${path}.${each}`))
    return name === undefined ? path : drawnIn(type.of, value[name], place, `${path}.${name}`)
  }
  if (type.is === 'one_of' && isObject(value)) {
    const [kind] = Object.keys(value)
    const found = type.kinds.find((each) => each.value === kind)
    if (found !== undefined && kind !== undefined) return drawnAt(found.fields, (value[kind] ?? {}) as With, place, `${path}.${kind}.`) ?? path
  }
  return path
}

/** A new id of the letters that the server allows, unlike those that are there. */
export function freshId(stem: string, taken: ReadonlySet<string>): string {
  const bare = stem.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'n'
  if (!taken.has(bare)) return bare
  for (let number = 2; ; number++) if (!taken.has(`${bare}-${number}`)) return `${bare}-${number}`
}
