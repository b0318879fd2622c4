// SPDX-License-Identifier: Apache-2.0
// The live stream of one congress. The contract is docs/formats/live-stream.md.

export interface StreamHandlers {
  /** A committed event. */
  readonly onAct?: (data: string, seq: number) => void
  /** The screen view after a group of acts, and once on connection. */
  readonly onView?: (data: string) => void
  readonly onLive: () => void
  /** The stream has been away for longer than `lostAfterMs`; told once for each loss. */
  readonly onLost: () => void
  /** The server's journal is shorter than what was told here: it is another one, and what was learnt from it is void. */
  readonly onAnew?: () => void
}

export interface StreamOptions {
  /** Continue after this event; without it the stream starts with the present. */
  readonly after?: number
  readonly lostAfterMs?: number
  readonly makeSource?: (path: string) => EventSource
  /** True where the server refuses this path because the reader is ahead of it. An EventSource doesn't tell why it failed. */
  readonly isAhead?: (path: string) => Promise<boolean>
}

export interface Stream {
  close(): void
  /** Opens the connection anew: for one that looks alive and brings nothing. */
  reopen(): void
}

const longestWaitMs = 15_000

async function askIsAhead(path: string): Promise<boolean> {
  const asking = new AbortController()
  try {
    const answer = await fetch(path, { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: asking.signal })
    if (answer.status !== 409) return false
    return ((await answer.json()) as { name?: unknown }).name === 'http.sequence_ahead'
  } catch {
    return false
  } finally {
    asking.abort()
  }
}

/**
 * Keeps one EventSource open until close().
 * The browser itself reconnects with Last-Event-ID after a cut, as after the hour at most that a stream lasts; where it
 * gives up (an answer other than 200), this opens a new one with `?after=` instead, after 1, 2, 4, … 15 s. Either way
 * nothing is missed and nothing comes twice. Where the server says that `after` is ahead of it, this begins anew.
 */
export function openStream(path: string, handlers: StreamHandlers, options: StreamOptions = {}): Stream {
  const lostAfterMs = options.lostAfterMs ?? 4000
  const makeSource = options.makeSource ?? ((each) => new EventSource(each))
  const isAhead = options.isAhead ?? askIsAhead
  let source: EventSource | null = null
  let lastSeq = options.after
  let attempts = 0
  let lost = false
  let closed = false
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  function live(): void {
    clearTimeout(lostTimer)
    lostTimer = undefined
    attempts = 0
    lost = false
    handlers.onLive()
  }

  function away(): void {
    if (lost || lostTimer !== undefined) return
    lostTimer = setTimeout(() => {
      lostTimer = undefined
      lost = true
      handlers.onLost()
    }, lostAfterMs)
  }

  /** A bare `id:` block tells nothing by itself; the next message carries its number. */
  function seen(message: MessageEvent): number {
    const seq = message.lastEventId === '' ? NaN : Number(message.lastEventId)
    return Number.isSafeInteger(seq) ? seq : (lastSeq ?? 0)
  }

  async function again(): Promise<void> {
    const from = lastSeq
    if (from !== undefined && (await isAhead(`${path}?after=${from}`)) && !closed && lastSeq === from) {
      lastSeq = undefined
      handlers.onAnew?.()
    }
    if (source === null || source.readyState === 2) open()
  }

  function open(): void {
    if (closed) return
    const from = lastSeq === undefined ? path : `${path}?after=${lastSeq}`
    const mine = makeSource(from)
    source = mine
    away()
    mine.onopen = live
    mine.addEventListener('act', (message) => {
      const seq = seen(message)
      // The path still says `?after=` when the browser reconnects; Last-Event-ID wins, and should it not, nothing is told twice.
      if (lastSeq !== undefined && seq <= lastSeq) return
      lastSeq = seq
      handlers.onAct?.(String(message.data), seq)
    })
    mine.addEventListener('view', (message) => {
      lastSeq = Math.max(lastSeq ?? 0, seen(message))
      handlers.onView?.(String(message.data))
    })
    mine.onerror = () => {
      if (mine !== source) return
      away()
      if (mine.readyState !== 2) return // the browser is reconnecting by itself
      clearTimeout(retryTimer)
      retryTimer = setTimeout(() => void again(), Math.min(longestWaitMs, 1000 * 2 ** attempts++))
    }
  }

  function shut(): void {
    clearTimeout(retryTimer)
    source?.close()
    source = null
  }

  open()
  return {
    close() {
      closed = true
      clearTimeout(lostTimer)
      shut()
    },
    reopen() {
      shut()
      open()
    },
  }
}
