// What every walk needs: a page with its clicks counted, the API beside it, and the count of what failed.
import { contextOf, listenTo, openBrowser, settled, signIn } from './browser.mjs'

export const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const part = (text) => ({ name: text.slice(0, text.indexOf(':')), password: text.slice(text.indexOf(':') + 1) })
export const admin = part(process.env.ADMIN ?? 'admin:admin123')
export const user = part(process.env.USER_ ?? 'paying@demo.example:demo-password')
export const apiKey = process.env.API_KEY ?? ''
/** What a page of our own origin sends along. */
const OWN = { 'X-Tollgate-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', Origin: base }

const POLL_MS = 200

const browser = await openBrowser()
const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length) ?? ''
let passed = 0
let failed = 0

/** Somebody who has no page yet. */
export async function nobody(how = {}) {
  const context = await contextOf(browser, { language: 'en', theme: 'light', width: 1440, ...how })
  context.setDefaultTimeout(30_000)
  return context
}

export async function fresh(how = {}) {
  const context = await nobody(how)
  const page = await context.newPage()
  return { context, page, heard: listenTo(page) }
}

/** Who is signed in to the console and only calls its API: a page costs more than the call. */
export async function onTheLine(who = admin) {
  const context = await nobody()
  await signIn(context, 'console', base, who)
  return { context, ask: (method, address, body, headers = {}) => ask(context, method, address, body, headers) }
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

/** A signed-in page of the portal. */
export async function inPortal(path = '', who = user) {
  const all = await fresh()
  await signIn(all.context, 'portal', base, who)
  await all.page.goto(`${base}/portal/${path}`)
  await settled(all.page)
  return { ...all, ask: (method, address, body, headers = {}) => ask(all.context, method, address, body, headers) }
}

/** An administrator of a role, for one walk: what to sign in with, and how to switch them off again. */
export async function adminOf(owner, role) {
  const who = { name: `${role}-${crypto.randomUUID().slice(0, 8)}`, password: 'four plain words here' }
  const made = await ask(owner, 'POST', '/api/admins', { username: who.name, role, password: who.password })
  if (made.status !== 200) throw new Error(JSON.stringify(made.body))
  const { id } = made.body.data.admin
  return { ...who, end: () => ask(owner, 'PATCH', `/api/admins/${id}/toggle`, { active: false }) }
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
export async function eventually(what, look, ms = 30_000) {
  const until = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > until) throw new Error(`${what}: not within ${ms} ms`)
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

/** A request of the user's, through the relay. */
export async function chat(model = 'gpt-4o-mini') {
  const answer = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ model, max_tokens: 20, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  await answer.text()
  return answer.status
}

export async function end() {
  await browser.close()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
