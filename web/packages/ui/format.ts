// SPDX-License-Identifier: Apache-2.0

/**
 * An instant as a `Date` whose UTC members are the hall's own: wherever the page is opened, it shows the time of the
 * congress, `offsetMinutes` east of UTC.
 */
const inHall = (time: number | string, offsetMinutes: number): Date => new Date(new Date(time).getTime() + offsetMinutes * 60_000)

/** An instant in the words of the language, by the clock of the hall. */
export function written(time: number | string, offsetMinutes: number, language: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(inHall(time, offsetMinutes))
}

/** What a field of local time shows of an instant ("2026-11-20T17:14"); "" for none. */
export function localFrom(instant: string, offsetMinutes: number): string {
  return Number.isNaN(Date.parse(instant)) ? '' : inHall(instant, offsetMinutes).toISOString().slice(0, 16)
}
/** And back: the instant of a local time; "" for none. */
export function instantFrom(local: string, offsetMinutes: number): string {
  const time = Date.parse(`${local}Z`)
  return Number.isNaN(time) ? '' : new Date(time - offsetMinutes * 60_000).toISOString()
}

/** Hours, minutes and, where asked, seconds on the clock of the hall. */
export function timeOfDay(time: number | string, offsetMinutes: number, language: string, seconds = true): string {
  return written(time, offsetMinutes, language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  })
}

export function dayAndWeekday(time: number, offsetMinutes: number, language: string): string {
  return written(time, offsetMinutes, language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
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
 * A Chinese sentence in its phrases, each with the punctuation that ends it, and brackets with what they hold begun anew:
 * large lines break between them. Browsers break between any two Han characters. Sentences in other scripts stay whole.
 */
export function phrasesOf(sentence: string): readonly string[] {
  return sentence.match(/[（《“「『]?[^，。；：？！（]*[，。；：？！]+[”』」）》]?|[（《“「『]?[^，。；：？！（]+/gu) ?? [sentence]
}

/** What belongs together though the dictionary knows it not: ordinals with their noun, figures with their measure, bodies. */
const together = /第[〇零一二三四五六七八九十百千\d]+[届屆次项項号號名位]|\d+ ?\p{Script=Han}|委员会|委員會|代表大会|代表大會|工会|工會/gu
/** A name in a list stands between enumeration commas; so long a one is a name, and a longer one a clause. */
const longestName = 6

/** `Intl.Segmenter` with its dictionary of Chinese; null in a browser that hasn't got it, where lines break as they did. */
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null

/**
 * A Chinese phrase in the words that a large line must not break. Joined they are the phrase. Other scripts break at their
 * spaces as ever, so a phrase without Han characters stays whole.
 */
export function wordsOf(phrase: string): readonly string[] {
  if (segmenter === null || !/\p{Script=Han}/u.test(phrase)) return [phrase]
  const starts = new Set([...segmenter.segment(phrase)].map((each) => each.index))
  const keep = (from: number, to: number): void => {
    for (let index = from + 1; index < to; index++) starts.delete(index)
  }
  for (const match of phrase.matchAll(together)) keep(match.index, match.index + match[0].length)
  // Han characters in a sentence of another script are names.
  if (/[a-z]/i.test(phrase)) for (const match of phrase.matchAll(/\p{Script=Han}{2,6}/gu)) keep(match.index, match.index + match[0].length)
  if (phrase.includes('、')) {
    for (const match of phrase.matchAll(/[^、，。；：？！（）]+/gu)) {
      if (match[0].length <= longestName) keep(match.index, match.index + match[0].length)
    }
  }
  const places = [...starts].sort((a, b) => a - b)
  return places.map((start, index) => phrase.slice(start, places[index + 1] ?? phrase.length))
}
