// What every walk needs: a page with its clicks counted, the API beside it, and the count of what failed.
import { contextOf, listenTo, openBrowser, settled, signIn } from './browser.mjs'

export const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const part = (text) => ({ name: text.slice(0, text.indexOf(':')), password: text.slice(text.indexOf(':') + 1) })
export const admin = part(process.env.ADMIN ?? 'admin:admin123')
export const user = part(process.env.USER_ ?? 'paying@demo.example:demo-password')
/** What a page of our own origin sends along. */
const OWN = { 'X-Tollgate-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', Origin: base }

const POLL_MS = 200

const browser = await openBrowser()
const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length) ?? ''
let passed = 0
let failed = 0

export async function fresh(how = {}) {
  const context = await contextOf(browser, { language: 'en', theme: 'light', width: 1440, ...how })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  return { context, page, heard: listenTo(page) }
}

/** A signed-in page of the console, with its clicks counted. */
export async function inConsole(path = '', who = admin) {
  const all = await fresh()
  await signIn(all.context, 'console', base, who)
  await all.page.goto(`${base}/console/${path}`)
  await settled(all.page)
  let clicks = 0
  return {
    ...all,
    click: async (locator) => {
      clicks++
      await locator.click()
    },
    clicks: () => clicks,
    ask: (method, address, body, headers = {}) => ask(all.context, method, address, body, headers),
    /** Ctrl-K, what somebody has of a thing, Enter: no click. */
    find: (text) => find(all.page, text),
  }
}

async function find(page, text) {
  const before = page.url()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search' }).fill(text)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => String(url) !== before)
  await settled(page)
}

/** A call of the API with the session of a context: its status and what it said. */
export async function ask(context, method, address, body, headers = {}) {
  const answer = await context.request.fetch(`${base}${address}`, {
    method,
    headers: { ...OWN, ...headers },
    ...(body === undefined ? {} : { data: body }),
  })
  const text = await answer.text()
  return { status: answer.status(), body: text === '' ? null : JSON.parse(text) }
}

/** What came of it, as soon as it is there: the server does some things in its own time. */
export async function eventually(what, look) {
  const until = Date.now() + 30_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > until) throw new Error(`${what}: not within 30 s`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

export async function walk(name, steps) {
  if (!name.includes(only)) return
  const began = Date.now()
  try {
    await steps()
    passed++
    console.log(`ok ${name} (${Date.now() - began} ms)`)
  } catch (cause) {
    failed++
    console.log(`not ok ${name}: ${cause.stack ?? cause}`)
  }
}

export async function end() {
  await browser.close()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
