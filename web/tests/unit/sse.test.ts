// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStream } from '../../packages/api/sse'

class Source extends EventTarget {
  static readonly made: Source[] = []
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  readyState = 0
  closed = false
  constructor(readonly path: string) {
    super()
    Source.made.push(this)
  }
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
  fail(readyState: 0 | 2): void {
    this.readyState = readyState
    this.onerror?.()
  }
  view(seq?: number): void {
    this.dispatchEvent(new MessageEvent('view', { data: 'view', lastEventId: seq === undefined ? '' : String(seq) }))
  }
  act(seq: number): void {
    this.dispatchEvent(new MessageEvent('act', { data: `act ${seq}`, lastEventId: String(seq) }))
  }
  close(): void {
    this.closed = true
  }
}

function open(after?: number, ahead: readonly string[] = []) {
  const told: string[] = []
  const stream = openStream(
    '/live',
    { onAct: (_, seq) => told.push(`act ${seq}`), onView: () => told.push('view'), onLive: () => told.push('live'), onLost: () => told.push('lost'), onAnew: () => told.push('anew') },
    { ...(after === undefined ? {} : { after }), lostAfterMs: 4000, makeSource: (path) => new Source(path) as unknown as EventSource, isAhead: async (path) => ahead.includes(path) },
  )
  return { told, stream, source: (index: number): Source => Source.made[index]! }
}

describe('the live stream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    Source.made.length = 0
  })
  afterEach(() => void vi.useRealTimers())

  it('leaves a short cut to the browser and says nothing', () => {
    const { told, source } = open()
    source(0).open()
    source(0).fail(0)
    vi.advanceTimersByTime(3000)
    source(0).open()
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual(['live', 'live'])
    expect(Source.made.length).toBe(1)
  })

  it('tells a loss once, however often the browser tries', () => {
    const { told, source } = open()
    source(0).open()
    for (let attempt = 0; attempt < 5; attempt++) {
      source(0).fail(0)
      vi.advanceTimersByTime(3000)
    }
    source(0).open()
    expect(told).toEqual(['live', 'lost', 'live'])
  })

  it('opens a new one after the last event where the browser gives up, waiting longer each time', async () => {
    const { told, source } = open()
    source(0).open()
    source(0).view()
    source(0).act(412)
    source(0).fail(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(source(1).path).toBe('/live?after=412')
    source(1).fail(2)
    await vi.advanceTimersByTimeAsync(1999)
    expect(Source.made.length).toBe(2)
    await vi.advanceTimersByTimeAsync(1)
    source(2).open()
    source(2).act(412)
    source(2).act(413)
    expect(told).toEqual(['live', 'view', 'act 412', 'live', 'act 413'])
  })

  it('learns from a bare id where it began, before any act', async () => {
    const { source } = open()
    source(0).open()
    source(0).view(98)
    source(0).fail(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(source(1).path).toBe('/live?after=98')
  })

  it('drops what it has seen where the server is behind it, and begins anew', async () => {
    const { told, source } = open(undefined, ['/live?after=412'])
    source(0).open()
    source(0).act(412)
    source(0).fail(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(source(1).path).toBe('/live')
    source(1).open()
    source(1).act(7)
    expect(told).toEqual(['live', 'act 412', 'anew', 'live', 'act 7'])
  })

  it('tells that it never came to life', () => {
    const { told } = open(7)
    expect(Source.made[0]?.path).toBe('/live?after=7')
    vi.advanceTimersByTime(4000)
    expect(told).toEqual(['lost'])
  })

  it('is silent after close', () => {
    const { told, stream, source } = open()
    stream.close()
    source(0).fail(2)
    vi.advanceTimersByTime(60_000)
    expect([told, source(0).closed, Source.made.length]).toEqual([[], true, 1])
  })
})
