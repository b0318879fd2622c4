// SPDX-License-Identifier: Apache-2.0
// Serves the built pages with the server's own security headers, and answers the API with fixtures. What a test wants
// shown it gives to show(); cut() ends every open stream as a broken network would.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answer } from './desk-fixtures.mjs'
import { acts, congresses, live, now, states } from './fixtures.mjs'

const build = fileURLToPath(new URL('../../../build/web', import.meta.url))
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain' }

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export async function startFixtureServer() {
  const streams = new Set()
  const state = {
    view: states.gathering,
    role: 'screen',
    signedIn: false,
    congresses,
    acts,
    /** While true, streams are refused and the view isn't answered: the server is away. */
    away: false,
    links: [],
    streamHeaders: [],
    /** A reader that has seen more than this is refused. */
    lastSeq: Number.MAX_SAFE_INTEGER,
    posts: [],
    /** Acts performed, members of the desk that a test wants otherwise, and refusals by the act's name. */
    asked: [],
    desk: {},
    refusals: {},
  }
  const send = (response, status, body, type = 'application/json') => {
    response.writeHead(status, { 'Content-Type': type })
    response.end(body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  }
  const problem = (response, status, name, detail) =>
    send(response, status, JSON.stringify({ status, name, detail, place: null, facts: {} }), 'application/problem+json')
  const sendView = (stream) => stream.write(`event: view\ndata: ${JSON.stringify(state.view)}\n\n`)

  async function api(request, response, path, query) {
    if (state.away) return void request.socket.destroy()
    let body = ''
    for await (const chunk of request) body += chunk
    if (path === '/api/session' && request.method === 'POST') {
      state.links.push(JSON.parse(body).link)
      state.signedIn = true
      return send(response, 204, null)
    }
    if (!state.signedIn) return problem(response, 401, 'session.missing', '尚未登录。')
    if (path === '/api/me') return send(response, 200, { role: state.role })
    if (path === '/api/congresses') return send(response, 200, state.congresses)
    const told = path.startsWith('/api/') ? answer(request.method, path, body === '' ? null : JSON.parse(body), state) : null
    if (told?.problem !== undefined) return send(response, told.problem.status, JSON.stringify(told.problem), 'application/problem+json')
    if (told !== null) return send(response, 200, told)
    if (path.endsWith('/events')) return send(response, 200, { events: state.acts.filter((each) => each.seq > Number(query.get('after') ?? 0)), next: null })
    if (path.endsWith('/screen') && request.method === 'POST') {
      const asked = JSON.parse(body)
      state.posts.push({ asked, key: request.headers['idempotency-key'], language: request.headers['accept-language'] })
      if (asked.page > 90) return problem(response, 409, 'screen.no_such_page', '没有这一页。')
      if (asked.page) state.view = { ...state.view, election_result: { ...state.view.election_result, page: asked.page } }
      return send(response, 200, state.view)
    }
    if (path.endsWith('/screen')) return send(response, 200, state.view)
    if (path.endsWith('/live')) {
      const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? 0)
      if (after > state.lastSeq) return problem(response, 409, 'http.sequence_ahead', '要求的序号超前。')
      state.streamHeaders.push({ lastEventId: request.headers['last-event-id'] ?? null, url: request.url })
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      response.write('retry: 200\n\nid: 412\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return sendView(response)
    }
    return problem(response, 404, 'not_found', '没有此页。')
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://hall')
    response.sendDate = false
    response.setHeader('Date', new Date(now).toUTCString())
    response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    if (pathname.startsWith('/api/')) return void api(request, response, pathname, searchParams)
    const file = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    try {
      const content = readFileSync(join(build, file))
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
      response.end(content)
    } catch {
      send(response, 404, '', 'text/plain')
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    state,
    show(next) {
      state.view = next
      for (const stream of streams) sendView(stream)
    },
    /** Commits an act: the stream tells its number, the list of acts its sentence. */
    act(act) {
      state.acts = [...state.acts, act]
      for (const stream of streams) stream.write(`id: ${act.seq}\nevent: act\ndata: ${JSON.stringify(live(act))}\n\n`)
    },
    cut() {
      for (const stream of streams) stream.destroy()
    },
    close() {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
