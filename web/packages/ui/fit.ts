// SPDX-License-Identifier: Apache-2.0
import type { Directive } from 'vue'

const refits = new WeakMap<HTMLElement, () => void>()

/** CJK faces draw up to this much, in em, below a line of the heights we use; it is no overflow, it is empty. */
const belowTheLine = 0.18

function overflows(element: HTMLElement): boolean {
  const spare = belowTheLine * parseFloat(getComputedStyle(element).fontSize) + 1
  return element.scrollHeight > element.clientHeight + spare || element.scrollWidth > element.clientWidth + 1
}

/** On one line text may shrink to this; below it two larger lines are easier to read. */
const smallestOnOneLine = 0.7

function fit(element: HTMLElement, smallest: number, oneLine: boolean): void {
  if (oneLine) {
    element.style.whiteSpace = 'nowrap'
    fit(element, smallestOnOneLine, false)
    if (!overflows(element)) return
    element.style.whiteSpace = ''
  }
  const set = (factor: number): void => element.style.setProperty('--fit', factor.toFixed(3))
  delete element.dataset['full']
  set(1)
  if (!overflows(element)) return
  set(smallest)
  // Even the smallest letters leave no room: the style may drop what is said elsewhere too.
  if (overflows(element)) element.dataset['full'] = ''
  let fits = smallest
  let tooLarge = 1
  for (let step = 0; step < 7; step++) {
    const middle = (fits + tooLarge) / 2
    set(middle)
    if (overflows(element)) tooLarge = middle
    else fits = middle
  }
  set(fits)
}

/**
 * Shrinks an element's text until it fits its box: sets `--fit`, from 1 down to the value given (0.5 unless told), which
 * the element's style multiplies its font size by. For titles and sentences whose length nobody knows beforehand. With `.line`
 * one line is tried first. Where the smallest doesn't fit, `data-full` tells the style to drop what it can spare.
 */
export const vFit: Directive<HTMLElement, number | undefined> = {
  mounted(element, { value, modifiers }) {
    const refit = (): void => fit(element, value ?? 0.5, modifiers['line'] === true)
    refits.set(element, refit)
    window.addEventListener('resize', refit)
    refit()
  },
  updated(element) {
    const refit = refits.get(element)
    refit?.()
    // What stands beside it is fitted in the same turn and may then leave it less room: fitted once more behind all of them.
    if (refit !== undefined) queueMicrotask(refit)
  },
  unmounted(element) {
    const refit = refits.get(element)
    if (refit !== undefined) window.removeEventListener('resize', refit)
  },
}
