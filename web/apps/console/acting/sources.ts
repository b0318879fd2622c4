// SPDX-License-Identifier: Apache-2.0
import { computed, shallowRef } from 'vue'
import type { From, OrganisationRow, PackRow, With } from '../../../packages/api/desk'
import { languageNames, languages, useTexts } from '../../../packages/i18n'
import { useCongress } from '../stores/congress'
import { useHouse } from '../stores/house'

export interface Option {
  readonly value: string
  readonly label: string
}

const organisations = shallowRef<readonly OrganisationRow[] | null>(null)
const packs = shallowRef<readonly PackRow[] | null>(null)

/** The tables that fields of acts choose from; the form around a field says of which election, where it must. */
export function useSources() {
  const house = useHouse()
  const congress = useCongress()
  const { say, t } = useTexts()

  async function load(from: From | null): Promise<void> {
    try {
      if (from === 'organisations') organisations.value = (await house.client.organisations()).organisations
      if (from === 'packs') packs.value ??= await house.client.packs()
    } catch (error) {
      house.tell(error)
    }
  }

  const unitNames = computed(() => new Map((congress.desk?.units ?? []).map((unit) => [unit.id, say(unit.name)])))
  const named = (rows: readonly { readonly id: string; readonly name: string }[]): readonly Option[] =>
    rows.map((row) => ({ value: row.id, label: `${row.name} (${row.id})` }))
  const unique = (rows: readonly Option[]): readonly Option[] => [...new Map(rows.map((row) => [row.value, row])).values()]

  function options(from: From | null, around: With = {}): readonly Option[] {
    const desk = congress.desk
    const election = desk?.elections.find((each) => each.id === (around['election'] ?? around['after']))
    switch (from) {
      case null:
      case 'new':
      case 'imports': // taken back where an organisation's imports are listed; elsewhere by their id
        return []
      case 'delegates':
      case 'present':
        return congress.delegates
          .filter((row) => from === 'delegates' || row.present)
          .map((row) => ({ value: row.id, label: `${row.name} · ${unitNames.value.get(row.unit) ?? row.unit}` }))
      case 'units':
        return (desk?.units ?? []).map((unit) => ({ value: unit.id, label: say(unit.name) }))
      case 'items':
        return (desk?.agenda ?? []).map((item) => ({ value: item.id, label: `${item.number} ${say(item.title)}` }))
      case 'questions':
        return (desk?.questions ?? []).map((question) => ({ value: question.id, label: say(question.text) })).reverse()
      case 'documents':
        return (desk?.documents ?? []).map((document) => ({ value: document.hash, label: `${say(document.title)} · ${document.language}` }))
      case 'bodies':
        return (desk?.bodies ?? []).map((body) => ({ value: body.name, label: say(body.title) }))
      case 'parties':
        return unique((desk?.requests ?? []).map((request) => ({ value: request.party, label: say(request.party_name) })))
      case 'elections':
        return (desk?.elections ?? []).map((each) => ({ value: each.id, label: `${say(each.title)} · ${t('console.election.round', { round: each.round })}` })).reverse()
      case 'candidates':
        return named(election?.candidates ?? [])
      case 'scrutineers':
        return named(election === undefined || election.scrutineers.length === 0 ? (desk?.scrutineers ?? []) : election.scrutineers)
      case 'tellers':
        return named(election?.tellers ?? [])
      case 'write_ins':
        return (election?.write_ins ?? []).map((each) => ({ value: each.name, label: each.name }))
      case 'unconfirmed':
        return (desk?.pack.unconfirmed ?? []).map((value) => ({ value, label: value }))
      case 'packs':
        return (packs.value ?? []).filter((pack) => pack.for_congress).map((pack) => ({ value: pack.id, label: say(pack.name) }))
      case 'languages':
        return languages.map((value) => ({ value, label: languageNames[value] }))
      case 'congresses':
        return house.congresses.map((row) => ({ value: row.id, label: `${say(row.organisation)} · ${say(row.title)}` }))
      case 'organisations':
        return (organisations.value ?? []).map((row) => ({ value: row.id, label: `${'· '.repeat(row.depth)}${say(row.name)}` }))
      case 'members':
        return congress.delegates.flatMap((row) => (row.member === null ? [] : [{ value: row.member, label: row.name }]))
      case 'mandates':
        return congress.delegates.flatMap((row) => (row.mandate === null ? [] : [{ value: row.mandate, label: `${row.number} ${row.name}` }]))
    }
  }

  /** An id that nobody bears yet, for a field that wants a new one. */
  function taken(): ReadonlySet<string> {
    const desk = congress.desk
    return new Set([
      ...(desk?.questions ?? []).map((each) => each.id),
      ...(desk?.sittings ?? []).map((each) => each.id),
      ...(desk?.elections ?? []).map((each) => each.id),
      ...(desk?.agenda ?? []).map((each) => each.id),
      ...(desk?.units ?? []).map((each) => each.id),
      ...(organisations.value ?? []).map((each) => each.id),
      ...house.congresses.map((each) => each.id),
    ])
  }
  return { options, load, taken, unitNames, organisations, packs }
}
