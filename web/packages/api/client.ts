// SPDX-License-Identifier: Apache-2.0
// The one way to the server. Components never call fetch themselves. Paths and shapes are those of schema.d.ts, which is made
// from the server's own description of its interface.

import createFetchClient from 'openapi-fetch'
import { boolean, count, instant, listOf, object, oneOf, orNull, string, text, type Read } from './shape'
import type { paths } from './schema'
import { parseScreenView, type ScreenView, type Text } from './screen-view'
import type { ActForms, Asked, Delegates, Desk, ImportRow, MemberFile, MembersPage, Organisations, Pack, PackRow, Preview, PreviewAsked, Receipt, Steps, Tried } from './desk'

const congressRow = object({ id: string, organisation: text, title: text, phase: string, rehearsal: boolean, on_screen: boolean })
export type CongressRow = ReturnType<typeof congressRow>

export type Role = 'administrator' | 'screen'
const me = object({ role: oneOf('administrator', 'screen') })

/** One committed event as a sentence, as the administrator reads it. */
const act = object({ seq: count, kind: string, at: instant, actor: string, sentence: text })
const actPage = object({ events: listOf(act), next: orNull(count) })
export type Act = ReturnType<typeof act>

/** Every refusal of the server, and every failure to reach it (status 0, name `network`). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: string,
    readonly detail: string,
    readonly facts: Readonly<Record<string, string>> = {},
    /** The field of the body that it is about, as in `findings[3].delegate`; "" where it is about none. */
    readonly field: string = '',
  ) {
    super(detail === '' ? problem : detail)
    this.name = 'ApiError'
  }

  /** The sign-in is missing, spent or over: trying again won't help. */
  get signedOut(): boolean {
    return this.status === 401 || this.status === 403
  }
}

export interface ClientOptions {
  readonly language: () => string
  readonly fetch?: (request: Request) => Promise<Response>
  readonly randomKey?: () => string
  readonly now?: () => number
}

/** `crypto.randomUUID` exists only in secure contexts, and a hall's server may be plain HTTP on its own network. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fieldOf(place: unknown): string {
  const field = typeof place === 'object' && place !== null ? (place as Record<string, unknown>)['field'] : ''
  return typeof field === 'string' ? field : ''
}

export type Paper = 'minutes' | 'communique'
export type PaperFormat = 'html' | 'markdown'

export function paperPath(congress: string, paper: Paper, language: string, format: PaperFormat): string {
  return `/api/congresses/${encodeURIComponent(congress)}/papers/${paper}?language=${language}&format=${format}`
}
export const journalPath = '/api/journal'
export function livePath(congress: string): string {
  return `/api/congresses/${encodeURIComponent(congress)}/live`
}

export interface Client {
  signIn(secret: string): Promise<void>
  role(): Promise<Role>
  congresses(): Promise<readonly CongressRow[]>
  screen(congress: string): Promise<ScreenView>
  turnPage(congress: string, page: number): Promise<ScreenView>
  showNotice(congress: string, notice: Text | null): Promise<ScreenView>
  /** All acts of a congress after this one, oldest first. */
  acts(congress: string, after: number): Promise<readonly Act[]>
  /** The forms of all acts; they don't change while the server runs. */
  forms(): Promise<ActForms>
  /** Performs an act. The key makes a repeated asking act once: give the same one when trying again. */
  perform(asked: Asked, key?: string): Promise<Receipt>
  /** What an act would do, without doing it. */
  attempt(asked: Asked): Promise<Tried>
  /** These two answer null where `known` and nothing changed since they were last asked for. */
  desk(congress: string, known: boolean): Promise<Desk | null>
  steps(congress: string, known: boolean): Promise<Steps | null>
  /** All delegates, or the rows that changed after event `since`. */
  delegates(congress: string, since?: number): Promise<Delegates>
  rules(congress: string): Promise<Pack>
  packs(): Promise<readonly PackRow[]>
  pack(id: string): Promise<Pack>
  organisations(on?: string): Promise<Organisations>
  members(organisation: string, text: string, after: string | null, limit: number): Promise<MembersPage>
  member(id: string): Promise<MemberFile>
  preview(asked: PreviewAsked): Promise<Preview>
  /** `registry.import_members` alone, whose sheet may be larger than an act. */
  importMembers(asked: Asked, key: string): Promise<Receipt>
  imports(organisation: string): Promise<readonly ImportRow[]>
  /** The server's clock, in ms since 1970, as well as its answers tell it. */
  serverNow(): number
}

/** What openapi-fetch answers, as far as it is looked at here. */
interface Answer<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

type BodyOf<Path extends '/api/acts' | '/api/imports' | '/api/imports/preview'> = paths[Path]['post']['requestBody']['content']['application/json']
type ActBody = BodyOf<'/api/acts'>
type ImportBody = BodyOf<'/api/imports'>
type PreviewBody = BodyOf<'/api/imports/preview'>

export function createClient(options: ClientOptions): Client {
  const newKey = options.randomKey ?? randomKey
  const now = options.now ?? Date.now
  let offsetMs = 0
  /** What an answer was called when it came, by language and path: the reasons in it are written in a language. */
  const tags = new Map<string, string>()

  const send = options.fetch ?? ((request: Request) => fetch(request))
  const api = createFetchClient<paths>({
    baseUrl: (globalThis as { location?: Location }).location?.origin ?? 'http://localhost',
    credentials: 'same-origin',
    cache: 'no-store',
    fetch: (request) => send(request),
  })
  api.use({
    onRequest({ request }) {
      request.headers.set('Accept', 'application/json')
      request.headers.set('Accept-Language', options.language())
      if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
      return request
    },
    onResponse({ response }) {
      const date = Date.parse(response.headers.get('Date') ?? '')
      // The header has whole seconds, so only an error of more than two is an error of the clock.
      if (!Number.isNaN(date)) offsetMs = Math.abs(date - now()) > 2000 ? date - now() : 0
    },
  })

  function problemOf(response: Response, error: unknown): ApiError {
    if (!(response.headers.get('Content-Type') ?? '').startsWith('application/problem+json') || typeof error !== 'object' || error === null) {
      // A problem that can't be read is still a refusal, told by its status alone.
      return new ApiError(response.status, 'unknown', '')
    }
    const body = error as Record<string, unknown>
    const facts = Object.entries((body['facts'] ?? {}) as Record<string, unknown>)
    return new ApiError(
      response.status,
      typeof body['name'] === 'string' ? body['name'] : 'unknown',
      typeof body['detail'] === 'string' ? body['detail'] : '',
      Object.fromEntries(facts.map(([name, fact]) => [name, String(fact)])),
      fieldOf(body['place']),
    )
  }

  async function answered<T>(asking: Promise<Answer<T>>): Promise<Answer<T>> {
    let answer
    try {
      answer = await asking
    } catch (error) {
      throw error instanceof SyntaxError ? new ApiError(200, 'unreadable', '') : new ApiError(0, 'network', '')
    }
    if (!answer.response.ok && answer.response.status !== 304) throw problemOf(answer.response, answer.error)
    return answer
  }
  async function take<T>(asking: Promise<Answer<T>>): Promise<T> {
    const { data } = await answered(asking)
    if (data === undefined) throw new ApiError(200, 'unreadable', '')
    return data
  }
  /** Null where the server says that nothing changed since this was last asked for. */
  async function fresh<T>(path: string, known: boolean, ask: (headers: Record<string, string>) => Promise<Answer<T>>): Promise<T | null> {
    const tag = `${options.language()} ${path}`
    const had = known ? tags.get(tag) : undefined
    const { data, response } = await answered(ask(had === undefined ? {} : { 'If-None-Match': had }))
    if (response.status === 304) return null
    const given = response.headers.get('ETag')
    if (given !== null) tags.set(tag, given)
    if (data === undefined) throw new ApiError(200, 'unreadable', '')
    return data
  }
  const congressIn = (id: string) => ({ path: { id } })
  const keyed = (key = newKey()) => ({ header: { 'Idempotency-Key': key } })
  const rows: Read<readonly CongressRow[]> = listOf(congressRow)

  return {
    async signIn(secret) {
      await answered(api.POST('/api/session', { body: { link: secret } }))
    },
    async role() {
      return me(await take(api.GET('/api/me')), 'me').role
    },
    async congresses() {
      return rows(await take(api.GET('/api/congresses')), 'congresses')
    },
    async screen(congress) {
      return parseScreenView(await take(api.GET('/api/congresses/{id}/screen', { params: congressIn(congress) })))
    },
    async turnPage(congress, page) {
      return parseScreenView(await take(api.POST('/api/congresses/{id}/screen', { params: congressIn(congress), body: { page } })))
    },
    async showNotice(congress, notice) {
      return parseScreenView(await take(api.POST('/api/congresses/{id}/screen', { params: congressIn(congress), body: { notice } })))
    },
    async acts(congress, after) {
      const all: Act[] = []
      for (let next: number | null = after; next !== null; ) {
        const page: ReturnType<typeof actPage> = actPage(await take(api.GET('/api/congresses/{id}/events', { params: { ...congressIn(congress), query: { after: next } } })), 'events')
        all.push(...page.events)
        next = page.next
      }
      return all
    },
    forms: () => take(api.GET('/api/acts')),
    perform: (asked, key) => take(api.POST('/api/acts', { params: keyed(key), body: asked as unknown as ActBody })),
    attempt: (asked) => take(api.POST('/api/acts/try', { body: asked as unknown as ActBody })),
    desk: (congress, known) =>
      fresh(`desk ${congress}`, known, (headers) => api.GET('/api/congresses/{id}/desk', { params: congressIn(congress), headers })),
    steps: (congress, known) => fresh(`steps ${congress}`, known, (headers) => api.GET('/api/congresses/{id}/steps', { params: congressIn(congress), headers })),
    delegates: (congress, since) =>
      take(api.GET('/api/congresses/{id}/delegates', { params: { ...congressIn(congress), query: since === undefined ? {} : { since } } })),
    rules: (congress) => take(api.GET('/api/congresses/{id}/rules', { params: congressIn(congress) })),
    packs: () => take(api.GET('/api/packs')),
    pack: (id) => take(api.GET('/api/packs/{pack}', { params: { path: { pack: id } } })),
    organisations: (on) => take(api.GET('/api/organisations', { params: { query: on === undefined ? {} : { on } } })),
    members: (organisation, text, after, limit) =>
      take(api.GET('/api/organisations/{id}/members', { params: { path: { id: organisation }, query: { limit, ...(text === '' ? {} : { text }), ...(after === null ? {} : { after }) } } })),
    member: (id) => take(api.GET('/api/members/{member}', { params: { path: { member: id } } })),
    preview: (asked) => take(api.POST('/api/imports/preview', { body: asked as PreviewBody })),
    importMembers: (asked, key) => take(api.POST('/api/imports', { params: keyed(key), body: asked as unknown as ImportBody })),
    imports: (organisation) => take(api.GET('/api/imports', { params: { query: { organisation } } })),
    serverNow: () => now() + offsetMs,
  }
}
