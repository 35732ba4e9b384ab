// Opens every page of both faces in both languages and themes and says what is wrong with any: a line
// for each finding, and an end that is not 0 where there is one. With --pictures=FOLDER it takes them too.
//
//   BASE=http://127.0.0.1:18100 ADMIN=name:password USER_=mail:password node visit.mjs [--pictures=DIR] [--only=TEXT]
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { axeFindings, contextOf, listenTo, openBrowser, settled, sideways, signIn } from './browser.mjs'
import { fits, openRoutesOf, routesOf } from './routes.mjs'

const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const argument = (name) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
const pictures = argument('pictures')
const only = argument('only') ?? ''

function account(text, face) {
  const at = (text ?? '').indexOf(':')
  return at < 0 ? undefined : { face, name: text.slice(0, at), password: text.slice(at + 1) }
}

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
let visited = 0

async function look(page, heard, face, route, address, how) {
  const name = `${face}/${route || 'start'} ${how.language} ${how.theme} ${how.width}`
  heard.take()
  try {
    await page.goto(`${base}/${face}/${address}`, { waitUntil: 'load' })
    await settled(page)
    const wrong = [...(await axeFindings(page)), ...heard.take()]
    if (await sideways(page)) wrong.push('the page can be pushed sideways')
    const titled = await page.locator('h1').first().textContent()
    if (!titled?.trim() || /^\w+\.\w+/.test(titled)) wrong.push(`its title is "${titled}"`)
    if (await page.locator('[role="alert"]').count()) wrong.push(`alert: ${await page.locator('[role="alert"]').first().innerText()}`)
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

for (const { face, name, password } of accounts) {
  const links = new Set()
  // pages of lists that have something in them
  const filled = new Set()
  for (const how of looks) {
    const context = await contextOf(browser, how)
    const page = await context.newPage()
    const heard = listenTo(page)
    for (const route of await openRoutesOf(face)) {
      if (!route.includes(only)) continue
      await look(page, { take: () => heard.take().filter((one) => !/401/.test(one)) }, face, route, route, how)
    }
    await signIn(context, face, base, { name, password })
    for (const route of await routesOf(face)) {
      if (!route.includes(only) && !route.includes(':')) continue
      const address = route.includes(':') ? [...links].find((href) => fits(route, href)) : route
      if (address === undefined) {
        if (route.includes(only)) {
          if (isNothingThere(route, filled)) console.log(`${face}/${route}: not seen, its list is empty`)
          else findings.push(`${face}/${route}: no page has a link to it`)
        }
        continue
      }
      await look(page, heard, face, route, address, how)
      for (const href of await hrefs(page, face)) links.add(href)
      if (await hasRows(page)) filled.add(route)
    }
    await context.close()
  }
}
await browser.close()

if (pictures) {
  await mkdir(pictures, { recursive: true })
  const cells = taken.map((file) => `<figure><img src="${file}" loading="lazy"><figcaption>${file}</figcaption></figure>`)
  await writeFile(
    path.join(pictures, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Pages</title><style>body{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:8px}img{height:360px;border:1px solid #999}figure{margin:0}</style>${cells.join('')}`,
  )
}
for (const finding of findings) console.log(finding)
console.log(`${visited} pages looked at, ${findings.length} findings`)
process.exitCode = findings.length === 0 && visited > 0 ? 0 : 1
