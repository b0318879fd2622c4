// SPDX-License-Identifier: Apache-2.0
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiError } from '../../packages/api/client'

export interface Progress {
  readonly done: number
  readonly all: number
}
export interface Series {
  /** How far it has come; null where none runs. */
  readonly progress: Ref<Progress | null>
  /** What the server said no to; the ones before it are done. */
  readonly refusal: ShallowRef<ApiError | null>
  /** Asks for each in turn and stops at the first that is refused. Gives how many went through, null where another series is running. */
  run<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<number | null>
}

/** One act after another, with how far they have come and what stopped them. What is no refusal, and a lost sign-in, goes to `tell`. */
export function useSeries(tell: (error: unknown) => void): Series {
  const progress = ref<Progress | null>(null)
  const refusal = shallowRef<ApiError | null>(null)
  return {
    progress,
    refusal,
    async run(items, each) {
      if (progress.value !== null) return null
      refusal.value = null
      let done = 0
      progress.value = { done, all: items.length }
      try {
        for (const item of items) {
          await each(item)
          progress.value = { done: ++done, all: items.length }
        }
      } catch (error) {
        if (error instanceof ApiError && error.status !== 401) refusal.value = error
        else tell(error)
      } finally {
        progress.value = null
      }
      return done
    },
  }
}
