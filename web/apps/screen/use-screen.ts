// SPDX-License-Identifier: Apache-2.0
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError, livePath, type Client, type CongressRow } from '../../packages/api/client'
import { parseScreenView, type ScreenView } from '../../packages/api/screen-view'
import { WrongShape } from '../../packages/api/shape'
import { openStream, type Stream, type StreamOptions } from '../../packages/api/sse'

/** `connecting` and `waiting` go on by themselves; `signed_out` needs a person. */
export type Stage = 'connecting' | 'waiting' | 'signed_out' | 'showing'

export interface ScreenOptions extends StreamOptions {
  readonly client: Client
  /** From the link's fragment; null where the page was opened without one. */
  readonly secret: string | null
  /** The congress asked for; null follows the one that the server says is on screen. */
  readonly congress: string | null
  readonly retryMs?: number
  readonly pollMs?: number
}

/**
 * Signs the screen in, finds its congress and follows its view.
 * Only a missing or refused link stops it; every other failure is tried again until it works.
 */
export function useScreen(options: ScreenOptions) {
  const { client } = options
  const retryMs = options.retryMs ?? 5000
  const pollMs = options.pollMs ?? 15_000
  const stage = ref<Stage>('connecting')
  const view = shallowRef<ScreenView | null>(null)
  /** When the server last confirmed what is shown, in ms since 1970 on its clock. */
  const shownAt = ref(0)
  const streamLost = ref(false)
  const pollFailed = ref(false)
  const lost = computed(() => streamLost.value || pollFailed.value)
  /** The place of the fault where the server's data can't be read; null where they can. */
  const unreadable = ref<string | null>(null)

  let following: string | null = null
  let stream: Stream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  /** The journal is another one, so its numbers don't compare with those seen. */
  let beginsAnew = false

  function take(next: ScreenView): void {
    unreadable.value = null
    shownAt.value = client.serverNow()
    const anew = beginsAnew
    beginsAnew = false
    // A poll's answer may have been overtaken by the stream.
    if (!anew && view.value !== null && stage.value === 'showing' && next.seq < view.value.seq) return
    view.value = next
    stage.value = 'showing'
  }

  function failed(error: unknown): void {
    if (error instanceof WrongShape) unreadable.value = error.place
    else if (error instanceof ApiError && error.signedOut) {
      stage.value = 'signed_out'
      stream?.close()
      stopped = true
    }
  }

  function follow(congress: string): void {
    stream?.close()
    following = congress
    view.value = null
    stream = openStream(
      livePath(congress),
      {
        onView(data) {
          try {
            take(parseScreenView(JSON.parse(data)))
          } catch (error) {
            failed(error instanceof SyntaxError ? new WrongShape('view', 'JSON') : error)
          }
        },
        onLive: () => (streamLost.value = false),
        onLost: () => (streamLost.value = true),
        onAnew: () => (beginsAnew = true),
      },
      options,
    )
  }

  function chosen(rows: readonly CongressRow[]): string | null {
    if (options.congress === null) return rows.find((row) => row.on_screen)?.id ?? null
    return rows.find((row) => row.id === options.congress)?.id ?? null
  }

  /** One round: find the congress to follow, and ask for its view where the stream has told nothing for a while. */
  async function round(): Promise<void> {
    if (following !== null && client.serverNow() - shownAt.value < pollMs) return
    const congress = chosen(await client.congresses())
    if (congress === null) {
      stage.value = 'waiting'
      return
    }
    if (congress !== following) {
      follow(congress)
      return
    }
    const seen = view.value?.seq
    const next = await client.screen(congress)
    // A stream that looks alive and missed an act is a dead connection that nobody has noticed.
    if (seen !== undefined && next.seq > seen && !streamLost.value) stream?.reopen()
    take(next)
  }

  /**
   * A session that is here already is kept: exchanging the link would replace the cookie of an administrator, who may read
   * everything that a screen may.
   */
  async function signIn(secret: string): Promise<void> {
    try {
      await client.role()
    } catch (error) {
      if (!(error instanceof ApiError) || !error.signedOut) throw error
      await client.signIn(secret)
    }
  }

  async function run(): Promise<void> {
    let signedIn = options.secret === null
    while (!stopped) {
      try {
        if (!signedIn && options.secret !== null) await signIn(options.secret)
        signedIn = true
        await round()
        pollFailed.value = false
      } catch (error) {
        pollFailed.value = true
        failed(error)
      }
      if (stopped) return
      await new Promise((resolve) => (timer = setTimeout(resolve, retryMs)))
    }
  }

  onScopeDispose(() => {
    stopped = true
    clearTimeout(timer)
    stream?.close()
  })
  void run()

  return { stage, view, shownAt, lost, unreadable }
}
