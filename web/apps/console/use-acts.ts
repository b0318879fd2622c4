// SPDX-License-Identifier: Apache-2.0
import { computed, watch, type ComputedRef } from 'vue'
import type { Act } from '../../packages/api/client'
import { useCongress } from './stores/congress'

/** What was done in the congress, as sentences, told on whenever something happens while the page is open. */
export function useActs(): ComputedRef<readonly Act[]> {
  const congress = useCongress()
  watch(
    () => congress.desk?.seq,
    () => void congress.tellActs(),
    { immediate: true },
  )
  return computed(() => congress.acts)
}
