// SPDX-License-Identifier: Apache-2.0
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError, livePath, type Act, type Client, type CongressRow } from '../../packages/api/client'
import { parseScreenView, type ScreenView, type Text } from '../../packages/api/screen-view'
import { WrongShape } from '../../packages/api/shape'
import { openStream, type Stream, type StreamOptions } from '../../packages/api/sse'

export type Stage = 'connecting' | 'signed_out' | 'screen_only' | 'ready'
/** What went wrong last, as the page tells it; null where nothing did. */
export type Trouble = ApiError | WrongShape | null

const actsKept = 30
/** The journal numbers the acts of all congresses together, so the last thirty of one reach further back. */
const actsLookedBack = 120

export interface ConsoleOptions extends StreamOptions {
  readonly client: Client
  readonly secret: string | null
  readonly retryMs?: number
  /** Acts come in groups; their sentences are asked for once this long after the first of a group. */
  readonly gatherMs?: number
}

/** Signs the administrator in, lists the congresses and follows the chosen one. */
export function useConsole(options: ConsoleOptions) {
  const { client } = options
  const retryMs = options.retryMs ?? 5000
  const gatherMs = options.gatherMs ?? 400
  const stage = ref<Stage>('connecting')
  const congresses = shallowRef<readonly CongressRow[]>([])
  const chosenId = ref<string | null>(null)
  const chosen = computed(() => congresses.value.find((row) => row.id === chosenId.value) ?? null)
  const view = shallowRef<ScreenView | null>(null)
  const acts = shallowRef<readonly Act[]>([])
  const lost = ref(false)
  const busy = ref(false)
  const trouble = shallowRef<Trouble>(null)

  let stream: Stream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let gathering: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function tell(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) stage.value = 'signed_out'
    else if (error instanceof ApiError || error instanceof WrongShape) trouble.value = error
    else throw error
  }

  function add(found: readonly Act[]): void {
    const known = new Set(acts.value.map((act) => act.seq))
    const fresh = found.filter((act) => !known.has(act.seq))
    acts.value = [...acts.value, ...fresh].sort((a, b) => b.seq - a.seq).slice(0, actsKept)
  }

  /** The stream tells that something was done; its sentence, and the phase that it may have changed, are asked for. */
  function gather(): void {
    gathering ??= setTimeout(() => void tellActs(), gatherMs)
  }

  async function tellActs(): Promise<void> {
    const id = chosenId.value
    if (id === null) return
    try {
      const newest = acts.value[0]?.seq ?? 0
      const [found, rows] = await Promise.all([client.acts(id, newest), client.congresses()])
      if (stopped || chosenId.value !== id) return
      add(found)
      congresses.value = rows
    } catch (error) {
      tell(error)
    } finally {
      gathering = undefined
    }
  }

  function parsed<T>(data: string, read: (value: unknown) => T): T | null {
    try {
      return read(JSON.parse(data))
    } catch (error) {
      tell(error instanceof SyntaxError ? new WrongShape('live', 'JSON') : error)
      return null
    }
  }

  async function choose(id: string): Promise<void> {
    stream?.close()
    stream = null
    chosenId.value = id
    view.value = null
    acts.value = []
    lost.value = false
    try {
      const first = await client.screen(id)
      const past = await client.acts(id, Math.max(0, first.seq - actsLookedBack))
      if (stopped || chosenId.value !== id) return
      view.value = first
      add(past)
      stream = openStream(
        livePath(id),
        {
          onAct: gather,
          onView: (data) => (view.value = parsed(data, parseScreenView) ?? view.value),
          onLive: () => (lost.value = false),
          onLost: () => (lost.value = true),
          onAnew: () => void choose(id),
        },
        { ...options, after: first.seq },
      )
    } catch (error) {
      tell(error)
    }
  }

  async function start(): Promise<void> {
    try {
      if (options.secret !== null && stage.value === 'connecting') {
        try {
          await client.signIn(options.secret)
        } catch (error) {
          // A link already used in this browser is no harm: its session may still be here.
          if (!(error instanceof ApiError) || error.status === 0) throw error
        }
      }
      if ((await client.role()) === 'screen') {
        stage.value = 'screen_only'
        return
      }
      congresses.value = await client.congresses()
      stage.value = 'ready'
      if (trouble.value instanceof ApiError && trouble.value.status === 0) trouble.value = null
      // A congress whose first answer failed has no stream yet, and is tried again.
      const wanted = chosenId.value ?? congresses.value[0]?.id
      if (stream === null && wanted !== undefined) await choose(wanted)
    } catch (error) {
      tell(error)
    }
    // New congresses appear by themselves; an unreachable server is tried again.
    if (!stopped && stage.value !== 'signed_out') timer = setTimeout(() => void start(), stage.value === 'ready' && stream !== null ? 30_000 : retryMs)
  }

  /** Runs one act; true where the server did it. */
  async function act(run: (congress: string) => Promise<ScreenView>): Promise<boolean> {
    if (chosenId.value === null || busy.value) return false
    busy.value = true
    trouble.value = null
    try {
      view.value = await run(chosenId.value)
      return true
    } catch (error) {
      tell(error)
      return false
    } finally {
      busy.value = false
    }
  }

  onScopeDispose(() => {
    stopped = true
    clearTimeout(timer)
    clearTimeout(gathering)
    stream?.close()
  })
  void start()

  return {
    stage,
    congresses,
    chosen,
    view,
    acts,
    lost,
    busy,
    trouble,
    choose,
    turnPage: (page: number) => act((congress) => client.turnPage(congress, page)),
    showNotice: (notice: Text | null) => act((congress) => client.showNotice(congress, notice)),
  }
}
