// SPDX-License-Identifier: Apache-2.0
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { livePath, type Act } from '../../../packages/api/client'
import type { Asked, DelegateRow, Desk, Receipt, Steps } from '../../../packages/api/desk'
import { parseScreenView, type ScreenView, type Text } from '../../../packages/api/screen-view'
import { WrongShape } from '../../../packages/api/shape'
import { openStream, type Stream, type StreamOptions } from '../../../packages/api/sse'
import { useHouse } from './house'

const actsKept = 1000
/** Acts come in groups; what changed is asked for once this long after the first of a group. */
const gatherMs = 120
const retryMs = 5000

/** One congress as it stands, kept up to date by its live stream, and the way to act in it. */
export const useCongress = defineStore('congress', () => {
  const house = useHouse()
  const { client } = house
  const id = ref<string | null>(null)
  const desk = shallowRef<Desk | null>(null)
  const steps = shallowRef<Steps | null>(null)
  const view = shallowRef<ScreenView | null>(null)
  const acts = shallowRef<readonly Act[]>([])
  const byId = shallowRef<ReadonlyMap<string, DelegateRow>>(new Map())
  const delegates = computed(() => [...byId.value.values()])
  const lost = ref(false)
  /** Since when an answer is being waited for, as a count: any number over 0 is busy. */
  const waiting = ref(0)
  const busy = computed(() => waiting.value > 0)

  let delegatesSeq: number | undefined
  let stream: Stream | null = null
  let gathering: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let options: StreamOptions = {}
  let running: Promise<void> | null = null
  let wanted = false
  /** The newest act that the stream has told of. */
  let newest = 0

  function lay(rows: readonly DelegateRow[], all: boolean): void {
    const next = new Map(all ? [] : byId.value)
    for (const row of rows) next.set(row.id, row)
    byId.value = next
  }

  async function read(of: string): Promise<void> {
    const [newDesk, newSteps, changed] = await Promise.all([
      client.desk(of, desk.value !== null),
      client.steps(of, steps.value !== null),
      client.delegates(of, delegatesSeq),
    ])
    if (id.value !== of) return
    if (newDesk !== null) desk.value = newDesk
    if (newSteps !== null) steps.value = newSteps
    delegatesSeq = changed.seq
    if (changed.all || changed.rows.length > 0) lay(changed.rows, changed.all)
  }

  /** Reads what changed. Calls that come while one is under way share the next one. */
  async function refresh(): Promise<void> {
    if (running !== null) {
      wanted = true
      return running
    }
    const of = id.value
    if (of === null) return
    running = (async () => {
      try {
        do {
          wanted = false
          await read(of)
        } while (wanted && id.value === of)
      } catch (error) {
        house.tell(error)
      } finally {
        running = null
      }
    })()
    return running
  }

  function parsed(data: string): ScreenView | null {
    try {
      return parseScreenView(JSON.parse(data))
    } catch (error) {
      house.tell(error instanceof SyntaxError ? new WrongShape('live', 'JSON') : error)
      return null
    }
  }

  function addActs(found: readonly Act[]): void {
    const known = new Set(acts.value.map((act) => act.seq))
    const fresh = found.filter((act) => !known.has(act.seq))
    if (fresh.length > 0) acts.value = [...acts.value, ...fresh].sort((a, b) => b.seq - a.seq).slice(0, actsKept)
  }

  /** The sentences of the acts; asked for only by the pages that show them. */
  async function tellActs(): Promise<void> {
    const of = id.value
    if (of === null) return
    try {
      for (;;) {
        const found = await client.acts(of, acts.value[0]?.seq ?? 0)
        if (id.value !== of) return
        addActs(found)
        if (found.length < 1000) return
      }
    } catch (error) {
      house.tell(error)
    }
  }

  function gather(seq: number): void {
    newest = Math.max(newest, seq)
    gathering ??= setTimeout(() => {
      gathering = undefined
      // What was done here has been read already.
      if ((desk.value?.seq ?? 0) < newest || (steps.value?.seq ?? 0) < newest) void refresh()
      void house.list().catch(house.tell)
    }, gatherMs)
  }

  function leave(): void {
    stream?.close()
    stream = null
    clearTimeout(gathering)
    clearTimeout(again)
    gathering = undefined
    delegatesSeq = undefined
    newest = 0
    id.value = null
    desk.value = null
    steps.value = null
    view.value = null
    acts.value = []
    byId.value = new Map()
    lost.value = false
  }

  /** Follows a congress; the one before is left. */
  async function follow(of: string, streamOptions: StreamOptions = {}): Promise<void> {
    if (id.value === of && stream !== null) return
    leave()
    id.value = of
    options = streamOptions
    try {
      const [first] = await Promise.all([client.screen(of), read(of)])
      if (id.value !== of) return
      view.value = first
      stream = openStream(
        livePath(of),
        {
          onAct: (_, seq) => gather(seq),
          onView: (data) => (view.value = parsed(data) ?? view.value),
          onLive: () => (lost.value = false),
          onLost: () => (lost.value = true),
          onAnew: () => {
            leave()
            void follow(of, options)
          },
        },
        { ...options, after: first.seq },
      )
    } catch (error) {
      house.tell(error)
      if (id.value === of) again = setTimeout(() => void follow(of, options), retryMs)
    }
  }

  /** Performs an act, and reads what followed from it. Throws what the server refused. */
  async function perform(asked: Asked, key?: string): Promise<Receipt> {
    waiting.value++
    try {
      const receipt = await client.perform(asked, key)
      await refresh()
      return receipt
    } finally {
      waiting.value--
    }
  }

  /** Turns the hall screen by hand; true where the server did it. */
  async function control(run: (of: string) => Promise<ScreenView>): Promise<boolean> {
    if (id.value === null || busy.value) return false
    waiting.value++
    house.trouble = null
    try {
      view.value = await run(id.value)
      return true
    } catch (error) {
      house.tell(error)
      return false
    } finally {
      waiting.value--
    }
  }

  return {
    id,
    desk,
    steps,
    view,
    acts,
    delegates,
    delegateById: byId,
    lost,
    busy,
    follow,
    leave,
    refresh,
    tellActs,
    perform,
    turnPage: (page: number) => control((of) => client.turnPage(of, page)),
    showNotice: (notice: Text | null) => control((of) => client.showNotice(of, notice)),
  }
})
