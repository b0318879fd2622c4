// SPDX-License-Identifier: Apache-2.0
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ApiError } from '../../../packages/api/client'
import type { ActForm, ActName, Asked, Field, Step, With } from '../../../packages/api/desk'
import type { Text } from '../../../packages/api/screen-view'
import { useCongress } from '../stores/congress'
import { useHouse } from '../stores/house'
import { drawnAt, filledIn, missing, plainCopy, toSend, type Values } from './fields'

export interface Beginning {
  readonly act: ActName
  /** Which item, body, party: said under the name of the act. */
  readonly about?: Text | string | null
  /** What is known already; a person may change it. */
  readonly with?: With
  /** What is known and not to be changed; it is not drawn. */
  readonly fixed?: With
  /** False where a page has its own form: the act is put to the question at once. */
  readonly form?: boolean
  /** The number of the event up to which the sender knew what he changes; of the congress where it is left out. */
  readonly seen?: number | null
  /** Of another congress than the one that is open; "" is the register's. */
  readonly congress?: string
  readonly done?: () => void
}

/** One act from its form to the sentence that is confirmed, and done. There is at most one under way. */
export const useActing = defineStore('acting', () => {
  const house = useHouse()
  const congress = useCongress()
  const beginning = shallowRef<Beginning | null>(null)
  const form = shallowRef<ActForm | null>(null)
  const values = ref<Values>({})
  const stage = ref<'fill' | 'confirm'>('fill')
  const sentences = shallowRef<readonly Text[]>([])
  const lacking = ref<readonly string[]>([])
  const refusal = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  const seen = ref<number | null>(null)
  /** The sentence of the act done last, for those who hear the page and for those who look. */
  const announced = shallowRef<readonly Text[]>([])
  let key = ''

  const open = computed(() => beginning.value !== null)
  const fields = computed<readonly Field[]>(() => {
    const fixed = beginning.value?.fixed ?? {}
    return (form.value?.fields ?? []).filter((field) => !Object.hasOwn(fixed, field.name) && field.name !== 'pack_texts')
  })
  /** The refusal at what is drawn; null where the form draws nothing that it is about. */
  const fault = computed(() => {
    const place = refusal.value === null ? null : drawnAt(fields.value, values.value, refusal.value.field)
    return refusal.value === null || place === null ? null : { place, sentence: refusal.value.detail }
  })

  function asked(): Asked {
    const now = beginning.value
    const known = form.value
    if (now === null || known === null) throw new Error('no act')
    const with_ = now.form === false ? { ...now.with, ...now.fixed } : { ...toSend(fields.value, values.value), ...now.fixed }
    return { act: known.name, congress: now.congress ?? (known.of === 'register' ? '' : (congress.id ?? '')), with: with_, seen: seen.value }
  }

  function take(error: unknown): void {
    if (error instanceof ApiError && error.status !== 401) refusal.value = error
    else {
      cancel()
      house.tell(error)
    }
  }

  /** Asks what would be done; the answer is the sentence to be confirmed. */
  async function put(): Promise<void> {
    if (busy.value) return
    refusal.value = null
    lacking.value = beginning.value?.form === false ? [] : missing(fields.value, values.value)
    if (lacking.value.length > 0) return
    busy.value = true
    try {
      const tried = await house.client.attempt(asked())
      sentences.value = tried.sentences
      stage.value = 'confirm'
    } catch (error) {
      stage.value = 'fill'
      take(error)
    } finally {
      busy.value = false
    }
  }

  function begin(next: Beginning): void {
    const known = house.form(next.act)
    if (known === null) return
    refusal.value = null
    lacking.value = []
    sentences.value = []
    stage.value = 'fill'
    key = newKey()
    seen.value = next.seen === undefined ? (known.of === 'register' ? null : (congress.desk?.seq ?? null)) : next.seen
    form.value = known
    // What the page goes on changing must not change under the question.
    beginning.value = { ...next, with: plainCopy(next.with ?? {}), fixed: plainCopy(next.fixed ?? {}) }
    values.value = filledIn(fields.value, next.with ?? {})
    if (next.form === false || fields.value.length === 0) void put()
  }

  /** A step of the chair's bar: what needs nobody's hand is put to the question at once. */
  function beginStep(step: Step, done?: () => void): void {
    begin({ act: step.act, about: step.about, with: step.with, ...(done === undefined ? {} : { done }) })
    if (step.needs.length === 0 && stage.value === 'fill') void put()
  }

  async function confirm(): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = null
    try {
      await congress.perform(asked(), key)
      announced.value = sentences.value
      const { done } = beginning.value ?? {}
      beginning.value = null
      done?.()
    } catch (error) {
      key = newKey()
      take(error)
    } finally {
      busy.value = false
    }
  }

  function back(): void {
    refusal.value = null
    if (beginning.value?.form === false) cancel()
    else stage.value = 'fill'
  }
  function cancel(): void {
    beginning.value = null
  }
  /** After somebody else changed the same thing: what he did is on the page behind; the sender may go on from there. */
  async function catchUp(): Promise<void> {
    await congress.refresh()
    seen.value = congress.desk?.seq ?? null
    if (refusal.value !== null && Number.isSafeInteger(Number(refusal.value.facts['seq']))) {
      seen.value = Math.max(seen.value ?? 0, Number(refusal.value.facts['seq']))
    }
    refusal.value = null
    stage.value = 'fill'
  }

  return { open, beginning, form, fields, values, stage, sentences, lacking, refusal, fault, busy, announced, begin, beginStep, put, confirm, back, cancel, catchUp }
})

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
