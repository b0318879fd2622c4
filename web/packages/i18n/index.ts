// SPDX-License-Identifier: Apache-2.0
import { createI18n, useI18n } from 'vue-i18n'
import type { Text } from '../api/screen-view'

export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
export type Language = (typeof languages)[number]

/** Each language in its own name, the same in every language. */
export const languageNames: Readonly<Record<Language, string>> = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' }

function languageOfTag(tag: string): Language | null {
  const lower = tag.toLowerCase()
  if (lower.startsWith('en')) return 'en'
  if (!lower.startsWith('zh')) return null
  return /hant|tw|hk|mo/.test(lower) ? 'zh-Hant' : 'zh-Hans'
}

/** `?lang=` first, then what the browser prefers, then Simplified Chinese. */
export function chooseLanguage(search: string, preferred: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang')
  const known = languages.find((each) => each === asked)
  if (known !== undefined) return known
  for (const tag of preferred) {
    const language = languageOfTag(tag)
    if (language !== null) return language
  }
  return 'zh-Hans'
}

type Messages = Record<string, unknown>

/** Only the language in use is fetched. */
async function messagesOf(language: Language): Promise<Messages> {
  switch (language) {
    case 'zh-Hans':
      return (await import('./zh-Hans.json')).default
    case 'zh-Hant':
      return (await import('./zh-Hant.json')).default
    case 'en':
      return (await import('./en.json')).default
  }
}

export async function createTexts(language: Language) {
  const texts = createI18n({
    legacy: false,
    locale: language,
    messages: { [language]: (await messagesOf(language)) as never },
    missingWarn: false,
    fallbackWarn: false,
  })
  document.documentElement.lang = language
  return texts
}

/** Fetches a language if it isn't there yet, and changes the page to it. */
export async function changeLanguage(texts: Awaited<ReturnType<typeof createTexts>>, language: Language): Promise<void> {
  const all = texts.global
  if (!(all.availableLocales as readonly string[]).includes(language)) {
    all.setLocaleMessage(language, (await messagesOf(language)) as never)
  }
  all.locale.value = language as never
  document.documentElement.lang = language
}

/** Words without facts, by language and key: a table of 5,000 rows asks for the same ones thousands of times at each key. */
const known = new Map<string, string>()

/** The page's own texts by key (`t`), and the server's texts in three languages (`say`). */
export function useTexts() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const remembered = (key: string, ...facts: readonly unknown[]): string => {
    if (facts.length > 0) return (t as (key: string, ...facts: readonly unknown[]) => string)(key, ...facts)
    const id = `${locale.value} ${key}`
    const text = known.get(id) ?? t(key)
    known.set(id, text)
    return text
  }
  return {
    t: remembered as typeof t,
    te,
    language: locale,
    say: (text: Text): string => text[locale.value as Language],
    /** Names one after the other. */
    listed: (names: readonly string[]): string => names.join(locale.value === 'en' ? ', ' : '、'),
    /** The `lang` of a name in Han characters on an English page; undefined where the page's own is right. */
    langOf: (name: string): string | undefined =>
      locale.value === 'en' && /\p{Script=Han}/u.test(name) ? 'zh-Hans' : undefined,
  }
}
