// Opens every page of both faces in both languages and themes and says what is wrong with any: a line
// for each finding, and an end that is not 0 where there is one. With --pictures=FOLDER it takes them too.
//
//   BASE=http://127.0.0.1:18100 ADMIN=name:password USER_=mail:password MERCHANT=mail:password node visit.mjs [--pictures=DIR] [--only=TEXT] [--probes]
//
// With --probes the names that seed.mjs gave have to be seen, literally, on the pages that show them.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { axeFindings, contextOf, goWithin, listenTo, openBrowser, settled, sideways, signIn } from './browser.mjs'
import { formulasIn, probed, SHOWN_ON } from './probes.mjs'
import { fits, openRoutesOf, routesOf } from './routes.mjs'

const AT_ONCE = 4
const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const argument = (name) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
const pictures = argument('pictures')
const only = argument('only') ?? ''

function account(text, face) {
  const at = (text ?? '').indexOf(':')
  return at < 0 ? undefined : { face, name: text.slice(0, at), password: text.slice(at + 1) }
}

// who has a page that others of the same face do not
const merchant = account(process.env.MERCHANT, 'portal')
const MERCHANT_PAGES = ['merchant', 'merchant?tab=points', 'merchant?tab=interface']

const accounts = [account(process.env.ADMIN, 'console'), account(process.env.USER_, 'portal')].filter(Boolean)
// two ways of looking find what each page has wrong; pictures want all of them
const looks = pictures
  ? ['en', 'zh-CN'].flatMap((language) =>
      ['light', 'dark'].flatMap((theme) => [1440, 390].map((width) => ({ language, theme, width }))),
    )
  : [
      { language: 'en', theme: 'light', width: 1440 },
      { language: 'zh-CN', theme: 'dark', width: 390 },
    ]

const browser = await openBrowser()
const findings = []
const taken = []
const unseen = []
let visited = 0
/** Pages that showed the name that nobody should have. */
const probedPages = new Set()

async function look(page, heard, face, route, address, how, isWithin) {
  const name = `${face}/${route || 'start'} ${how.language} ${how.theme} ${how.width}`
  heard.take()
  try {
    if (isWithin) await goWithin(page, `/${face}/${address}`)
    else await page.goto(`${base}/${face}/${address}`, { waitUntil: 'load' })
    await settled(page)
    const wrong = [...(await axeFindings(page)), ...heard.take()]
    if (await sideways(page)) wrong.push('the page can be pushed sideways')
    const titled = await page.locator('h1').first().textContent()
    if (!titled?.trim() || /^\w+\.\w+/.test(titled)) wrong.push(`its title is "${titled}"`)
    if (await page.locator('[role="alert"]').count()) wrong.push(`alert: ${await page.locator('[role="alert"]').first().innerText()}`)
    const { struck, seen, planted } = await probed(page)
    if (struck || planted) wrong.push('a name became part of the page')
    if (seen) probedPages.add(`${face}/${route}`)
    findings.push(...wrong.map((one) => `${name}: ${one}`))
    if (pictures) {
      const file = `${face}-${(route || 'start').replace(/[^\w-]/g, '_')}-${how.language}-${how.theme}-${how.width}.png`
      await page.screenshot({ path: path.join(pictures, file) })
      taken.push(file)
    }
    visited++
  } catch (cause) {
    findings.push(`${name}: ${String(cause.message).split('\n')[0]}`, ...heard.take().map((one) => `${name}: ${one}`))
  }
}

/** Whether a page has a row of anything. */
async function hasRows(page) {
  return (await page.locator('main tbody tr, main .cards li').count()) > 0
}

/** Whether the pages that a route with a place in it hangs below show nothing that could link to it. */
function isNothingThere(route, filled) {
  return ![...filled].some((one) => one.split('/')[0] === route.split('/')[0])
}

async function hrefs(page, face) {
  const all = await page.locator(`a[href^="/${face}/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  return all.map((href) => href.slice(face.length + 2).split('?')[0])
}

/** What may be fetched from a page as CSV, without what would be run by whatever opens it. */
async function exportsOf(page, context, seen) {
  const all = await page.locator('a[download]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  for (const href of all) {
    const path = href.split('?')[0]
    if (seen.has(path)) continue
    seen.add(path)
    const answer = await context.request.get(`${base}${href}`)
    const text = await answer.text()
    const where = `export ${path}`
    if (!answer.ok()) findings.push(`${where}: ${answer.status()} ${text.slice(0, 200)}`)
    else if (!text.startsWith('\uFEFF')) findings.push(`${where}: has no byte order mark`)
    findings.push(...formulasIn(text.replace(/^\uFEFF/, '')).map((cell) => `${where}: a cell begins with ${cell.slice(0, 40)}`))
  }
}

/** What the lists of a face link to: the first look finds it, the others wait for that. */
const places = new Map(
  accounts.map(({ face }) => {
    let sawLists
    const listsSeen = new Promise((resolve) => (sawLists = resolve))
    return [face, { links: new Set(), listsSeen, sawLists }]
  }),
)

/** All pages of a face in one look: the first look opens each by its address, the others go on from page to page. */
async function visit({ face, name, password }, how) {
  const isFirst = how === looks[0]
  const { links, listsSeen, sawLists } = places.get(face)
  // pages of lists that have something in them
  const filled = new Set()
  const exported = new Set()
  const context = await contextOf(browser, how)
  const page = await context.newPage()
  const heard = listenTo(page)
  for (const route of await openRoutesOf(face)) {
    if (!route.includes(only)) continue
    await look(page, { take: () => heard.take().filter((one) => !/401/.test(one)) }, face, route, route, how, false)
  }
  await signIn(context, face, base, { name, password })
  let isThere = false
  for (const route of await routesOf(face)) {
    if (!route.includes(only) && !route.includes(':')) continue
    // a phone's cards have fewer links than tables
    if (route.includes(':') && isFirst) sawLists()
    else if (route.includes(':')) await listsSeen
    const address = route.includes(':') ? [...links].find((href) => fits(route, href)) : route
    if (address === undefined) {
      if (!route.includes(only)) continue
      if (isNothingThere(route, filled)) unseen.push(`${face}/${route}`)
      else findings.push(`${face}/${route}: no page has a link to it`)
      continue
    }
    await look(page, heard, face, route, address, how, isThere && !isFirst)
    isThere = true
    if (isFirst) await exportsOf(page, context, exported)
    for (const href of await hrefs(page, face)) links.add(href)
    if (await hasRows(page)) filled.add(route)
  }
  sawLists()
  await context.close()
}

/** The pages that only a tenant's root user has. */
async function visitAsMerchant(how) {
  const context = await contextOf(browser, how)
  await signIn(context, 'portal', base, merchant)
  const page = await context.newPage()
  const heard = listenTo(page)
  for (const address of MERCHANT_PAGES) {
    if (address.includes(only)) await look(page, heard, 'portal', address, address, how, false)
  }
  await context.close()
}

if (pictures) await mkdir(pictures, { recursive: true })
// side by side: whoever waits for an answer leaves the processor to another
const jobs = looks.flatMap((how) => accounts.map((who) => () => visit(who, how)))
if (merchant) jobs.push(...looks.map((how) => () => visitAsMerchant(how)))
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await job()
}))
await browser.close()
for (const route of new Set(unseen)) console.log(`${route}: not seen, its list is empty`)
if (process.argv.includes('--probes')) {
  for (const { face } of accounts) {
    for (const route of SHOWN_ON[face]) {
      if (!probedPages.has(`${face}/${route}`)) findings.push(`${face}/${route}: does not show the name that was given`)
    }
  }
}

if (pictures) {
  const cells = taken.map((file) => `<figure><img src="${file}" loading="lazy"><figcaption>${file}</figcaption></figure>`)
  await writeFile(
    path.join(pictures, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Pages</title><style>body{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:8px}img{height:360px;border:1px solid #999}figure{margin:0}</style>${cells.join('')}`,
  )
}
for (const finding of findings) console.log(finding)
console.log(`${visited} pages looked at, ${findings.length} findings`)
process.exitCode = findings.length === 0 && visited > 0 ? 0 : 1
