// SPDX-License-Identifier: Apache-2.0
import { onScopeDispose } from 'vue'

export interface Keys {
  readonly search: () => boolean
  readonly keys: () => void
  /** Begins the next lawful act. */
  readonly next: () => boolean
  readonly go: (page: string) => boolean
}

/** After `g` the letter of a page; the same letters that the list of keys shows. */
export const pageKeys = {
  n: 'now', p: 'prepare', d: 'delegates', c: 'check_in', a: 'agenda', s: 'sitting', q: 'questions', e: 'elections', o: 'documents', r: 'record',
} as const

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
/** A closed dialog stays in the page; an open one has a box. */
const inADialog = (): boolean => [...document.querySelectorAll('[role="dialog"]')].some((each) => each.getClientRects().length > 0)
const onAControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('a, button, summary, input, select, textarea, [role="button"], [role="dialog"]') !== null

/** The keys of the whole page. None of them takes a key from a field that is being filled in, or from a dialog. */
export function useKeys(keys: Keys): void {
  let afterG = 0
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (typing(event.target) || inADialog()) return
    const waited = Date.now() - afterG < 1500
    afterG = 0
    if (waited && Object.hasOwn(pageKeys, event.key)) {
      if (keys.go(pageKeys[event.key as keyof typeof pageKeys])) event.preventDefault()
    } else if (event.key === 'g') afterG = Date.now()
    else if (event.key === '/') {
      if (keys.search()) event.preventDefault()
    } else if (event.key === '?') {
      event.preventDefault()
      keys.keys()
    } else if (event.key === 'Enter' && !event.repeat && !onAControl(event.target)) {
      if (keys.next()) event.preventDefault()
    }
  }
  document.addEventListener('keydown', onKey)
  onScopeDispose(() => document.removeEventListener('keydown', onKey))
}
