import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const locales = __dirname
const sources = path.resolve(locales, '..')

function flat(messages: object, before = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? flat(value, `${before}${key}.`) : [`${before}${key}`],
  )
}

function areasOf(language: string): Map<string, string[]> {
  const folder = path.join(locales, language)
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const area = name.replace('.json', '')
        const messages = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object
        return [area, flat(messages).map((key) => `${area}.${key}`)]
      }),
  )
}

/** All code of the pages, as one text. */
function code(): string {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.test.ts') && !name.includes('generated'))
    .map((name) => readFileSync(path.join(sources, name), 'utf8'))
    .join('\n')
}

const english = areasOf('en')
const keys = [...english.values()].flat()

it('both languages say the same things', () => {
  const chinese = areasOf('zh-CN')
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [area, own] of english) expect(chinese.get(area)?.slice().sort(), area).toEqual(own.slice().sort())
})

it('nothing is said that no page asks for', () => {
  const text = code()
  const areas = [...english.keys()].join('|')
  const named = new Set([...text.matchAll(new RegExp(`['"\`]((?:${areas})\\.[\\w.-]+)`, 'g'))].map((match) => match[1] ?? ''))
  // a key made of a part that is known only when it runs: everything below its beginning counts
  const begun = [...text.matchAll(new RegExp(`\`((?:${areas})\\.[\\w.-]*)\\$\\{`, 'g'))].map((match) => match[1] ?? '')
  const worded = [...text.matchAll(new RegExp(`words: '((?:${areas})\\.[\\w.-]+)'`, 'g'))].map((match) => `${match[1] ?? ''}.`)
  const unused = keys.filter(
    (key) => !named.has(key) && ![...begun, ...worded].some((beginning) => key.startsWith(beginning)),
  )
  expect(unused).toEqual([])
})

it('every key that code names is there', () => {
  const known = new Set(keys)
  const parts = new Set(keys.flatMap((key) => key.split('.').map((_, at, all) => all.slice(0, at).join('.'))))
  const areas = [...english.keys()].join('|')
  const missing = [...code().matchAll(new RegExp(`'((?:${areas})(?:\\.[\\w-]+)+)'`, 'g'))]
    .map((match) => match[1] ?? '')
    .filter((key) => !known.has(key) && !parts.has(key) && !/\.(svg|css|vue|json|ts)$/.test(key))
  expect([...new Set(missing)]).toEqual([])
})
