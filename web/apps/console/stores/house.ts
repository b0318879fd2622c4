// SPDX-License-Identifier: Apache-2.0
import { defineStore } from 'pinia'
import { computed, inject, ref, shallowRef, type InjectionKey } from 'vue'
import { ApiError, type Client, type CongressRow } from '../../../packages/api/client'
import type { ActForm, ActForms, ActName } from '../../../packages/api/desk'
import { WrongShape } from '../../../packages/api/shape'

export const clientKey: InjectionKey<Client> = Symbol('client')

export type Stage = 'connecting' | 'signed_out' | 'screen_only' | 'ready'
/** What went wrong last, as the page tells it; null where nothing did. */
export type Trouble = ApiError | WrongShape | null

/** Who is signed in, which congresses there are, and what may be asked at all. */
export const useHouse = defineStore('house', () => {
  const found = inject(clientKey)
  if (found === undefined) throw new Error('no client')
  const client: Client = found
  const stage = ref<Stage>('connecting')
  const congresses = shallowRef<readonly CongressRow[]>([])
  const forms = shallowRef<ActForms>({ rooms: [], acts: [] })
  const formsByName = computed(() => new Map(forms.value.acts.map((form) => [form.name, form])))
  const trouble = shallowRef<Trouble>(null)

  /** Takes an error that the page can tell its reader; throws any other. */
  function tell(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) stage.value = 'signed_out'
    else if (error instanceof ApiError || error instanceof WrongShape) trouble.value = error
    else throw error
  }

  async function list(): Promise<void> {
    congresses.value = await client.congresses()
    if (trouble.value instanceof ApiError && trouble.value.status === 0) trouble.value = null
  }

  /** Signs in by the link's secret if there is one, and reads what every page needs. True once the console can work. */
  async function start(secret: string | null): Promise<boolean> {
    try {
      if (secret !== null && stage.value === 'connecting') {
        try {
          await client.signIn(secret)
        } catch (error) {
          // A link already used in this browser is no harm: its session may still be here.
          if (!(error instanceof ApiError) || error.status === 0) throw error
        }
      }
      if ((await client.role()) === 'screen') {
        stage.value = 'screen_only'
        return true
      }
      if (forms.value.acts.length === 0) forms.value = await client.forms()
      await list()
      stage.value = 'ready'
      return true
    } catch (error) {
      tell(error)
      return stage.value === 'signed_out'
    }
  }

  const form = (act: ActName): ActForm | null => formsByName.value.get(act) ?? null
  return { client, stage, congresses, forms, trouble, tell, list, start, form }
})
