// SPDX-License-Identifier: Apache-2.0
// The one way to the server. Components never call fetch themselves.

import { boolean, count, instant, listOf, object, oneOf, orNull, string, text, type Read } from './shape'
import { parseScreenView, type ScreenView, type Text } from './screen-view'
import type { ActForms, Asked, Delegates, Desk, ImportRow, MemberFile, MembersPage, Organisations, Pack, PackRow, Preview, PreviewAsked, Receipt, Steps, Tried } from './desk'

const congressRow = object({ id: string, organisation: text, title: text, phase: string, rehearsal: boolean })
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
  readonly fetch?: typeof fetch
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

export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input, init) => fetch(input, init))
  const newKey = options.randomKey ?? randomKey
  const now = options.now ?? Date.now
  let offsetMs = 0
  const tags = new Map<string, string>()

  function learnClock(answer: Response): void {
    const date = Date.parse(answer.headers.get('Date') ?? '')
    // The header has whole seconds, so only an error of more than two is an error of the clock.
    if (!Number.isNaN(date)) offsetMs = Math.abs(date - now()) > 2000 ? date - now() : 0
  }

  async function problemOf(answer: Response): Promise<ApiError> {
    if ((answer.headers.get('Content-Type') ?? '').startsWith('application/problem+json')) {
      try {
        const body = (await answer.json()) as Record<string, unknown>
        const facts = Object.entries((body['facts'] ?? {}) as Record<string, unknown>)
        return new ApiError(
          answer.status,
          typeof body['name'] === 'string' ? body['name'] : 'unknown',
          typeof body['detail'] === 'string' ? body['detail'] : '',
          Object.fromEntries(facts.map(([name, fact]) => [name, String(fact)])),
          fieldOf(body['place']),
        )
      } catch {
        // A problem that can't be read is still a refusal, told by its status alone.
      }
    }
    return new ApiError(answer.status, 'unknown', '')
  }

  /** With `fresh`, answers null where the server says that nothing changed since this path was last asked for. */
  async function ask(method: 'GET' | 'POST', path: string, body?: unknown, more: { fresh?: boolean; key?: string | undefined } = {}): Promise<unknown> {
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': options.language() }
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
    if (method === 'POST') {
      headers['Content-Type'] = 'application/json'
      headers['Idempotency-Key'] = more.key ?? newKey()
      init.body = JSON.stringify(body)
    }
    const tag = `${options.language()} ${path}`
    const known = tags.get(tag)
    if (more.fresh === true && known !== undefined) headers['If-None-Match'] = known
    let answer: Response
    try {
      answer = await send(path, init)
    } catch {
      throw new ApiError(0, 'network', '')
    }
    learnClock(answer)
    if (answer.status === 304) return null
    const given = answer.headers.get('ETag')
    if (more.fresh !== undefined && given !== null) tags.set(tag, given)
    if (!answer.ok) throw await problemOf(answer)
    if (answer.status === 204) return null
    try {
      return await answer.json()
    } catch {
      throw new ApiError(answer.status, 'unreadable', '')
    }
  }

  const of = (congress: string): string => `/api/congresses/${encodeURIComponent(congress)}`
  const rows: Read<readonly CongressRow[]> = listOf(congressRow)

  return {
    async signIn(secret) {
      await ask('POST', '/api/session', { link: secret })
    },
    async role() {
      return me(await ask('GET', '/api/me'), 'me').role
    },
    async congresses() {
      return rows(await ask('GET', '/api/congresses'), 'congresses')
    },
    async screen(congress) {
      return parseScreenView(await ask('GET', `${of(congress)}/screen`))
    },
    async turnPage(congress, page) {
      return parseScreenView(await ask('POST', `${of(congress)}/screen`, { page }))
    },
    async showNotice(congress, notice) {
      return parseScreenView(await ask('POST', `${of(congress)}/screen`, { notice }))
    },
    async acts(congress, after) {
      const all: Act[] = []
      for (let next: number | null = after; next !== null; ) {
        const page: ReturnType<typeof actPage> = actPage(await ask('GET', `${of(congress)}/events?after=${next}`), 'events')
        all.push(...page.events)
        next = page.next
      }
      return all
    },
    // The contract of these is compared with the server's route table by its tests; what they hold is not read twice here.
    forms: async () => (await ask('GET', '/api/acts')) as ActForms,
    perform: async (asked, key) => (await ask('POST', '/api/acts', asked, { key })) as Receipt,
    attempt: async (asked) => (await ask('POST', '/api/acts/try', asked)) as Tried,
    desk: async (congress, fresh) => (await ask('GET', `${of(congress)}/desk`, undefined, { fresh })) as Desk | null,
    steps: async (congress, fresh) => (await ask('GET', `${of(congress)}/steps`, undefined, { fresh })) as Steps | null,
    delegates: async (congress, since) => (await ask('GET', `${of(congress)}/delegates${since === undefined ? '' : `?since=${since}`}`)) as Delegates,
    rules: async (congress) => (await ask('GET', `${of(congress)}/rules`)) as Pack,
    packs: async () => (await ask('GET', '/api/packs')) as readonly PackRow[],
    pack: async (id) => (await ask('GET', `/api/packs/${encodeURIComponent(id)}`)) as Pack,
    organisations: async (on) => (await ask('GET', `/api/organisations${on === undefined ? '' : `?on=${on}`}`)) as Organisations,
    members: async (organisation, text, after, limit) => {
      const query = new URLSearchParams({ limit: String(limit), ...(text === '' ? {} : { text }), ...(after === null ? {} : { after }) })
      return (await ask('GET', `/api/organisations/${encodeURIComponent(organisation)}/members?${query}`)) as MembersPage
    },
    member: async (id) => (await ask('GET', `/api/members/${encodeURIComponent(id)}`)) as MemberFile,
    preview: async (asked) => (await ask('POST', '/api/imports/preview', asked)) as Preview,
    importMembers: async (asked, key) => (await ask('POST', '/api/imports', asked, { key })) as Receipt,
    imports: async (organisation) => (await ask('GET', `/api/imports?organisation=${encodeURIComponent(organisation)}`)) as readonly ImportRow[],
    serverNow: () => now() + offsetMs,
  }
}

