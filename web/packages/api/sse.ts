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
}

export interface StreamOptions {
  /** Continue after this event; without it the stream starts with the present. */
  readonly after?: number
  readonly lostAfterMs?: number
  readonly makeSource?: (path: string) => EventSource
}

export interface Stream {
  close(): void
  /** Opens the connection anew: for one that looks alive and brings nothing. */
  reopen(): void
}

const longestWaitMs = 15_000

/**
 * Keeps one EventSource open until close().
 * The browser itself reconnects with Last-Event-ID after a cut; where it gives up (an answer other than 200), this opens
 * a new one with `?after=` instead, after 1, 2, 4, … 15 s. Either way nothing is missed and nothing comes twice.
 */
export function openStream(path: string, handlers: StreamHandlers, options: StreamOptions = {}): Stream {
  const lostAfterMs = options.lostAfterMs ?? 4000
  const makeSource = options.makeSource ?? ((each) => new EventSource(each))
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

  function open(): void {
    if (closed) return
    const from = lastSeq === undefined ? path : `${path}?after=${lastSeq}`
    const mine = makeSource(from)
    source = mine
    away()
    mine.onopen = live
    mine.addEventListener('act', (message) => {
      const seq = Number(message.lastEventId)
      // A server that knows both `?after=` and Last-Event-ID may repeat; what was seen is not told again.
      if (lastSeq !== undefined && seq <= lastSeq) return
      lastSeq = seq
      handlers.onAct?.(String(message.data), seq)
    })
    mine.addEventListener('view', (message) => handlers.onView?.(String(message.data)))
    mine.onerror = () => {
      if (mine !== source) return
      away()
      if (mine.readyState !== 2) return // the browser is reconnecting by itself
      clearTimeout(retryTimer)
      retryTimer = setTimeout(open, Math.min(longestWaitMs, 1000 * 2 ** attempts++))
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
