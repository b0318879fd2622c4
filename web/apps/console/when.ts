// SPDX-License-Identifier: Apache-2.0
import { useTexts } from '../../packages/i18n'
import { timeOfDay, written } from '../../packages/ui/format'
import { useCongress } from './stores/congress'

/** Minutes east of UTC: of the congress whose page is open, else of the reader's own clock. */
export function useOffset() {
  const congress = useCongress()
  return (at: number | string): number => congress.desk?.utc_offset_minutes ?? -new Date(at).getTimezoneOffset()
}

/** Days, instants and shares as the reader's language writes them. */
export function useWhen() {
  const { language } = useTexts()
  const offset = useOffset()
  const format = (options: Intl.DateTimeFormatOptions, time: Date): string => new Intl.DateTimeFormat(language.value, options).format(time)
  return {
    /** Day and minute; "" for none. */
    instant: (at: string | null): string =>
      at === null ? '' : written(at, offset(at), language.value, { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    clock: (at: string): string => timeOfDay(at, offset(at), language.value),
    /** A day is the same everywhere: it has no time zone. */
    day: (on: string | null): string => (on === null ? '' : format({ year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }, new Date(`${on}T00:00:00Z`))),
    number: (count: number): string => new Intl.NumberFormat(language.value).format(count),
  }
}
