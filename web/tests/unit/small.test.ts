// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { takeSecret } from '../../packages/api/link'
import { chooseLanguage } from '../../packages/i18n'
import { dayAndWeekday, instantFrom, localFrom, percent, phrasesOf, shortHash, timeLeft, timeOfDay, wordsOf } from '../../packages/ui/format'
import { qrPath } from '../../packages/ui/qr-path'

describe('language', () => {
  it('is the one asked for, then what the browser prefers, then Simplified Chinese', () => {
    const table: [string, string[], string][] = [
      ['?lang=en', ['zh-CN'], 'en'],
      ['?lang=fr', ['zh-TW'], 'zh-Hant'],
      ['', ['zh-HK', 'en'], 'zh-Hant'],
      ['', ['zh-Hant-CN'], 'zh-Hant'],
      ['', ['zh-CN'], 'zh-Hans'],
      ['', ['fr', 'en-GB'], 'en'],
      ['', ['fr'], 'zh-Hans'],
      ['', [], 'zh-Hans'],
    ]
    for (const [search, preferred, language] of table) expect(chooseLanguage(search, preferred)).toBe(language)
  })
})

describe('the secret of a link', () => {
  it('is taken from the fragment and leaves the address bar', () => {
    const seen: unknown[] = []
    const history = { replaceState: (...all: unknown[]) => void seen.push(all[2]) }
    expect(takeSecret({ hash: '#abc', pathname: '/screen/', search: '?lang=en' }, history)).toBe('abc')
    expect(seen).toEqual(['/screen/?lang=en'])
    expect(takeSecret({ hash: '', pathname: '/screen/', search: '' }, history)).toBe(null)
    expect(seen.length).toBe(1)
  })
})

describe('what is written on the screen', () => {
  it('counts time down to nothing and no further', () => {
    const end = 10_000_000
    for (const [before, written] of [[0, '0:00'], [-5000, '0:00'], [1, '0:01'], [65_000, '1:05'], [3_600_000, '1:00:00'], [3_845_000, '1:04:05']] as const) {
      expect(timeLeft(end, end - before)).toBe(written)
    }
  })
  it('tells the time of the congress and not that of the machine', () => {
    const at = '2026-11-20T23:48:03.000Z'
    expect([timeOfDay(at, 480, 'en'), timeOfDay(at, 0, 'en', false), timeOfDay(at, -570, 'en', false)]).toEqual(['07:48:03', '23:48', '14:18'])
    expect(dayAndWeekday(Date.parse(at), 480, 'zh-Hans')).toContain('21')
    expect(dayAndWeekday(Date.parse(at), -570, 'en')).toBe('Friday, November 20, 2026')
    expect([localFrom(at, 480), instantFrom('2026-11-21T07:48', 480), localFrom('', 480), instantFrom('', 480)]).toEqual(['2026-11-21T07:48', '2026-11-20T23:48:00.000Z', '', ''])
  })
  it('shows sixteen digits of a hash in groups of four', () => {
    expect(shortHash('9f2c41ab77d05e13c04d')).toBe('9f2c 41ab 77d0 5e13')
  })
  it('never draws a bar outside its scale', () => {
    expect([percent(5, 0), percent(0, 7), percent(9, 6), percent(3, 12)]).toEqual([0, 0, 100, 25])
  })
  it('breaks Chinese sentences after their punctuation and leaves others whole', () => {
    expect(phrasesOf('休会二十分钟，十七时继续。')).toEqual(['休会二十分钟，', '十七时继续。'])
    expect(phrasesOf('听取报告')).toEqual(['听取报告'])
    expect(phrasesOf('In recess, back at 17:35.')).toEqual(['In recess, back at 17:35.'])
    expect(phrasesOf('共 2 名：甲样本、乙样本（待上级批准，当选）')).toEqual(['共 2 名：', '甲样本、乙样本', '（待上级批准，', '当选）'])
    expect(phrasesOf('')).toEqual([''])
  })
  it('keeps words, ordinals, figures and names on one line', () => {
    expect(wordsOf('听取和审议第一届委员会工作报告')).toEqual(['听取', '和', '审议', '第一届', '委员会', '工作', '报告'])
    expect(wordsOf('甲样本、戊演练').filter((word) => word !== '、')).toEqual(['甲样本', '戊演练'])
    expect(wordsOf('即不少于 86 票，')).toContain('86 票')
    expect(wordsOf('with 2 members: 丁样本, 甲样本 (formed)')).toEqual(expect.arrayContaining(['丁样本', '甲样本', 'formed']))
    expect(wordsOf('In recess')).toEqual(['In recess'])
    for (const text of ['', '应选 31 名', '第二届第一次会员代表大会胜利闭幕', '《选举办法》（草案）']) expect(wordsOf(text).join('')).toBe(text)
  })
  it('draws a QR code of the size its address needs', () => {
    const code = qrPath(`http://192.0.2.7:8080/documents/${'3'.repeat(64)}`)
    expect([code.size >= 33, code.size <= 49, code.path.startsWith('M0 0h7v1h-7z')]).toEqual([true, true, true])
  })
})
