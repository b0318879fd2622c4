// SPDX-License-Identifier: Apache-2.0
// The checks that `npm run check` makes must themselves find what they look for.
import { describe, expect, it } from 'vitest'
import { templateFaults } from '../../scripts/templates.mjs'
import { faultsOf } from '../../scripts/texts.mjs'

describe('the key check', () => {
  const source: [string, string][] = [['a.vue', "{{ t('vote.left', { n }) }} // texts: phase.*\n"]]
  const good = { vote: { left: '{n} left' }, phase: { open: 'open' } }
  it('finds nothing in good files', () => {
    expect(faultsOf({ en: good, 'zh-Hans': good }, source)).toEqual([])
  })
  it.each([
    ['a missing key', { vote: {}, phase: { open: '开' } }, 'zh-Hans: vote.left is missing'],
    ['an empty text', { vote: { left: ' ' }, phase: { open: '开' } }, 'zh-Hans: vote.left is empty'],
    ['other parameters', { vote: { left: '剩 {m}' }, phase: { open: '开' } }, 'vote.left has different parameters: n / m'],
    ['an unused key', { vote: { left: '剩 {n}', right: '右' }, phase: { open: '开' } }, 'vote.right is never used'],
  ])('finds %s', (_, other, fault) => {
    expect(faultsOf({ en: good, 'zh-Hans': other }, source)).toContain(fault)
  })
  it('finds a key that no language has', () => {
    expect(faultsOf({ en: good }, [...source, ['b.ts', "t('vote.gone')"]])).toEqual(['vote.gone is used and in no language'])
  })
})

describe('the template check', () => {
  it.each([
    ['<template><p>Hello</p></template>', 'literal text'],
    ['<template><p>通过</p></template>', 'literal text'],
    ['<template><p v-html="x" /></template>', 'v-html'],
    ['<template><p aria-label="Close">{{ x }}</p></template>', 'literal aria-label'],
    ['<template><p style="color:red">{{ x }}</p></template>', 'style attribute'],
    ["<template><p>{{ 'Hello' }}</p></template>", 'literal text in braces'],
  ])('refuses %s', (source, fault) => {
    const faults = templateFaults('a.vue', source)
    expect(faults.length).toBe(1)
    expect(faults[0]).toContain(fault)
  })
  it('accepts texts from the catalogue and marks without words', () => {
    expect(templateFaults('a.vue', "<template><p :aria-label=\"t('a.b')\">{{ t('a.b') }} · – ×</p></template>")).toEqual([])
  })
})
