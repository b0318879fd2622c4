// SPDX-License-Identifier: Apache-2.0
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** The time in ms since 1970, renewed at the start of every second. */
export function useClock(now: () => number = Date.now): Readonly<Ref<number>> {
  const time = ref(now())
  let timer: ReturnType<typeof setTimeout>
  const tick = (): void => {
    time.value = now()
    timer = setTimeout(tick, 1000 - (time.value % 1000) + 5)
  }
  tick()
  onScopeDispose(() => clearTimeout(timer))
  return readonly(time)
}
