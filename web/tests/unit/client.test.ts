// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { ApiError, createClient, paperPath } from '../../packages/api/client'
import { states } from '../browser/fixtures.mjs'

interface Asked {
  path: string
  method: string
  headers: Headers
  body: string
}

function clientAnswering(answer: () => Response | Promise<Response>, now = (): number => 0) {
  const asked: Asked[] = []
  let keys = 0
  const client = createClient({
    language: () => 'zh-Hant',
    randomKey: () => `key-${++keys}`,
    now,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      asked.push({ path: pathname + search, method: request.method, headers: request.headers, body: await request.text() })
      return answer()
    },
  })
  return { client, asked }
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

describe('the client', () => {
  it('sends the language always, and an idempotency key with every POST only', async () => {
    const { client, asked } = clientAnswering(() => json(states.verdict))
    await client.screen('a/b')
    await client.turnPage('a/b', 2)
    await client.showNotice('a/b', null)
    expect(asked.map((each) => [each.method, each.path])).toEqual([
      ['GET', '/api/congresses/a%2Fb/screen'],
      ['POST', '/api/congresses/a%2Fb/screen'],
      ['POST', '/api/congresses/a%2Fb/screen'],
    ])
    const headers = asked.map((each) => each.headers)
    expect(headers.map((each) => each.get('Accept-Language'))).toEqual(['zh-Hant', 'zh-Hant', 'zh-Hant'])
    expect(headers.map((each) => each.get('Idempotency-Key'))).toEqual([null, 'key-1', 'key-2'])
    expect(asked.map((each) => each.body)).toEqual(['', '{"page":2}', '{"notice":null}'])
  })

  it('exchanges a link for a session', async () => {
    const { client, asked } = clientAnswering(() => new Response(null, { status: 204 }))
    await client.signIn('s3cret')
    expect(asked[0]?.path).toBe('/api/session')
    expect(asked[0]?.body).toBe('{"link":"s3cret"}')
  })

  it('asks only for what changed since, by the name of the answer it has, and in the language it is read in', async () => {
    let language = 'en'
    const asked: (string | null)[] = []
    const answers = [json({ seq: 412 }, 200, { ETag: '"a"' }), new Response(null, { status: 304 }), json({ seq: 412 }, 200, { ETag: '"b"' })]
    const client = createClient({
      language: () => language,
      fetch: async (request) => {
        asked.push(request.headers.get('If-None-Match'))
        return answers.shift() ?? new Response(null, { status: 500 })
      },
    })
    expect(await client.desk('c', false)).toEqual({ seq: 412 })
    expect(await client.desk('c', true)).toBeNull()
    language = 'zh-Hant'
    expect(await client.desk('c', true)).toEqual({ seq: 412 })
    expect(asked).toEqual([null, '"a"', null])
  })

  it('performs an act under the key it is given, so that trying again is the same act', async () => {
    const { client, asked } = clientAnswering(() => json({ first: 5, last: 5, head: 'x', repeated: false }))
    await client.perform({ act: 'congress.close_sitting', congress: 'c', with: {}, seen: 4 }, 'mine')
    expect([asked[0]?.path, asked[0]?.headers.get('Idempotency-Key'), asked[0]?.body]).toEqual(['/api/acts', 'mine', '{"act":"congress.close_sitting","congress":"c","with":{},"seen":4}'])
  })

  it('turns a problem into one error with its name, sentence and facts', async () => {
    const body = { status: 409, name: 'congress.no_quorum', detail: '未达法定人数。', facts: { required: '114', present: '113' } }
    const { client } = clientAnswering(() => json(body, 409, { 'Content-Type': 'application/problem+json' }))
    const error = await refusal(client.congresses())
    expect([error.status, error.problem, error.detail, error.facts]).toEqual([409, 'congress.no_quorum', '未达法定人数。', { required: '114', present: '113' }])
    expect(error.signedOut).toBe(false)
  })

  it('tells a dead network, a bare refusal and an unreadable answer apart', async () => {
    const dead = await refusal(clientAnswering(() => Promise.reject(new TypeError('failed'))).client.role())
    expect([dead.status, dead.problem]).toEqual([0, 'network'])
    const bare = await refusal(clientAnswering(() => new Response('<html>', { status: 401 })).client.role())
    expect([bare.status, bare.problem, bare.signedOut]).toEqual([401, 'unknown', true])
    const odd = await refusal(clientAnswering(() => new Response('<html>', { status: 200 })).client.role())
    expect(odd.problem).toBe('unreadable')
  })

  it('follows the clock of the server where its own is wrong by more than two seconds', async () => {
    const rows = () => json([], 200, { Date: 'Fri, 20 Nov 2026 09:14:03 GMT' })
    const server = Date.parse('2026-11-20T09:14:03Z')
    for (const [own, expected] of [[server - 90_000, server], [server - 1500, server - 1500], [server + 600_000, server]] as const) {
      const { client } = clientAnswering(rows, () => own)
      await client.congresses()
      expect(client.serverNow()).toBe(expected)
    }
  })

  it('follows the pages of acts until nothing is left', async () => {
    const act = (seq: number) => ({ seq, kind: 'fact_noted', at: '2026-11-20T09:14:03.000Z', actor: 'chair', sentence: { 'zh-Hans': '甲', 'zh-Hant': '乙', en: 'c' } })
    const pages = [
      { events: [act(5), act(6)], next: 6 },
      { events: [act(9)], next: null },
    ]
    const { client, asked } = clientAnswering(() => json(pages.shift()))
    expect((await client.acts('c1', 4)).map((each) => each.seq)).toEqual([5, 6, 9])
    expect(asked.map((each) => each.path)).toEqual(['/api/congresses/c1/events?after=4', '/api/congresses/c1/events?after=6'])
  })

  it('names the papers', () => {
    expect(paperPath('c 1', 'minutes', 'zh-Hant', 'markdown')).toBe('/api/congresses/c%201/papers/minutes?language=zh-Hant&format=markdown')
  })
})
