// SPDX-License-Identifier: Apache-2.0

/** Hours, minutes and, where asked, seconds on the clock of the hall. */
export function timeOfDay(time: number | string, language: string, seconds = true): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(new Date(time))
}

export function dayAndWeekday(time: number, language: string): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(time)
}

/** What is left until `end`, as 4:05 or 1:04:05; never below 0:00. */
export function timeLeft(end: number, now: number): string {
  const all = Math.max(0, Math.ceil((end - now) / 1000))
  const two = (part: number): string => String(part).padStart(2, '0')
  const hours = Math.floor(all / 3600)
  const minutes = Math.floor(all / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`
}

/** The first sixteen digits of a hash in groups of four: enough to compare by eye, read aloud in one breath. */
export function shortHash(hash: string): string {
  return (hash.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ')
}

/** A share in per cent for a width, never outside the bar. */
export function percent(count: number, of: number): number {
  return of <= 0 ? 0 : Math.min(100, Math.max(0, (100 * count) / of))
}

/**
 * A Chinese sentence in its phrases, each with the punctuation that ends it: large lines break between them. Browsers break
 * between any two Han characters. Sentences in other scripts stay whole.
 */
export function phrasesOf(sentence: string): readonly string[] {
  return sentence.match(/[^，。；：？！]*[，。；：？！]+[”』」）]?|[^，。；：？！]+$/gu) ?? [sentence]
}
