// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
/** The custom properties of the rules with this selector; later ones win, as in a browser. */
function tokensOf(css: string, selector: string): Map<string, string> {
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter((rule) => rule[1]!.replace(/\/\*[\s\S]*?\*\//g, '').trim() === selector)
  return new Map(rules.flatMap((rule) => [...rule[2]!.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((each) => [each[1]!, each[2]!.replace(/\s+/g, ' ')])))
}

describe('the style sheet of the papers', () => {
  const paper = read('../../public/paper.css')
  const tokens = read('../../packages/ui/tokens.css')

  it.each([':root', ':root:lang(zh-Hant)'])('takes its tokens from the pages, as they are: %s', (selector) => {
    const own = tokensOf(paper, selector)
    const theirs = tokensOf(tokens, selector)
    expect(own.size).toBeGreaterThan(0)
    for (const [name, value] of own) expect(theirs.get(name), name).toBe(value)
  })

  it('fetches nothing', () => {
    expect(paper).not.toMatch(/url\(|@import/)
  })
})
