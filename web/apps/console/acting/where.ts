// SPDX-License-Identifier: Apache-2.0
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router'
import type { Step } from '../../../packages/api/desk'
import { useCongress } from '../stores/congress'
import { useActing } from './acting'

/** Acts that are done on a page of their own: a form of fields would be the long way. */
const pages: Readonly<Record<string, string>> = {
  'congress.confirm_values': 'rules',
  'congress.allocate': 'units',
  'congress.report_unit_election': 'roster',
  'congress.review_credentials': 'delegates',
  'congress.check_in': 'check_in',
  'election.nominate': 'election',
  'election.appoint_tellers': 'election',
  'election.enter_count': 'election',
}

/** Begins a step where it is best done: on its page, or in the dialog. */
export function useBegin() {
  const router = useRouter()
  const route = useRoute()
  const congress = useCongress()
  const acting = useActing()

  function placeOf(step: Step): RouteLocationRaw | null {
    const name = pages[step.act]
    if (name === undefined || congress.id === null) return null
    const election = step.with['election']
    if (name === 'election') return typeof election === 'string' ? { name, params: { congress: congress.id, election } } : null
    return { name, params: { congress: congress.id } }
  }
  return (step: Step): void => {
    const place = placeOf(step)
    if (place === null) acting.beginStep(step)
    else if (router.resolve(place).fullPath !== route.fullPath) void router.push(place)
    else {
      const own = document.querySelector<HTMLElement>('main [data-now] :is(input, select, a, button):not(:disabled), main form :is(input, select):not(:disabled), main table input')
      if (own === null) acting.beginStep(step)
      else own.focus()
    }
  }
}
