// A browser of the machine's own, and what it has to say about a page.
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

// the shell without windows, where it is there, takes a good third less of the processor
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? BROWSERS.find((one) => existsSync(one)),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  })
}

/** A context that likes a language and a theme, with no motion. */
export async function contextOf(browser, { language, theme, width, height = 900, state }) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    colorScheme: theme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    ...(state ? { storageState: state } : {}),
  })
  await context.addInitScript(
    ([chosen, shown]) => {
      if (!localStorage.getItem('tollgate.preferences')) {
        localStorage.setItem('tollgate.preferences', JSON.stringify({ language: chosen, theme: shown, zone: 'UTC' }))
      }
    },
    [language, theme],
  )
  return context
}

/** Collects what a page should not have: console messages, failed requests, errors, broken policies. */
export function listenTo(page) {
  const heard = []
  page.on('console', (message) => {
    if (message.type() !== 'debug') heard.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    if (!/ERR_ABORTED/.test(reason)) heard.push(`failed: ${request.method()} ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.request().method()} ${response.url()}`)
  })
  return { take: () => heard.splice(0) }
}

/** Waits until a page has drawn what it asked for. */
export async function settled(page) {
  await page.waitForSelector('h1', { state: 'attached', timeout: 30_000 })
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .loading'), undefined, { timeout: 30_000 })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

/** What axe has against a page. It is in the page for as long as the document is: pages have no frames. */
export async function axeFindings(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      resultTypes: ['violations'],
    })
    return violations.flatMap((violation) =>
      violation.nodes
        .slice(0, 3)
        .map((node) => `axe ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    )
  })
}

/** Goes to another page of the face that is open, as its own links do. */
export async function goWithin(page, address) {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, address)
}

/** Whether a page can be pushed sideways, which none may. */
export async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
}

export async function signIn(context, face, base, { name, password }) {
  const answer = await context.request.post(`${base}${face === 'console' ? '/api/auth/login' : '/api/v1/auth/login'}`, {
    headers: { 'X-Tollgate-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', Origin: base },
    data:
      face === 'console'
        ? { username: name, password, session: 'cookie' }
        : { email: name, password, session: 'cookie' },
  })
  if (!answer.ok()) throw new Error(`${face}: signing in was answered ${answer.status()} ${await answer.text()}`)
}
