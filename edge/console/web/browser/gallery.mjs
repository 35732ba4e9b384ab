// Takes the pictures of docs/screens from a demo that has lived for a while: sign in once, wait until
// requests come, then run this.
//
//   BASE=http://127.0.0.1:18100 node gallery.mjs [FOLDER [NAME]]
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { contextOf, openBrowser, settled, signIn } from './browser.mjs'

const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const here = path.dirname(fileURLToPath(import.meta.url))
const folder = path.resolve(process.argv[2] ?? path.join(here, '../../../../docs/screens'))
const bytesMax = 3 << 20

const people = {
  console: { name: 'admin', password: 'admin123' },
  portal: { name: 'ada@demo.example', password: 'demo-password' },
}
const day = { language: 'en', theme: 'light', width: 1440 }
const night = { ...day, theme: 'dark' }
const chinese = { language: 'zh-CN', theme: 'light', width: 1440 }
const phone = { language: 'en', theme: 'light', width: 390, height: 844 }
const chinesePhone = { language: 'zh-CN', theme: 'dark', width: 390, height: 844 }

/**
 * Name, face, page, look, and a button that is pressed there; a page that begins with > is what the first link of such an address
 * on the page before leads to.
 */
const pictures = [
  ['console-overview', 'console', '', day],
  ['console-overview-dark', 'console', '', night],
  ['console-overview-zh', 'console', '', chinese],
  ['console-requests', 'console', 'requests', day],
  ['console-request', 'console', 'requests>requests/', day],
  ['console-account', 'console', 'accounts>accounts/', night],
  ['console-models', 'console', 'models', day],
  ['console-ledger', 'console', 'ledger', chinese],
  ['console-user', 'console', 'users?email=ada%40demo.example>users/', day],
  ['console-books', 'console', 'books', day],
  ['console-backtests', 'console', 'trading/backtests?candles=sample', day, 'Run the backtest'],
  ['console-positions', 'console', 'trading/positions', day],
  ['console-audit-log', 'console', 'audit-log', night],
  ['console-requests-phone', 'console', 'requests', phone],
  ['portal-overview', 'portal', '', day],
  ['portal-usage', 'portal', 'usage', chinese],
  ['portal-quick-start', 'portal', 'quick-start', day],
  ['portal-records', 'portal', 'records', day],
  ['portal-playground', 'portal', 'playground', night],
  ['portal-overview-phone', 'portal', '', chinesePhone],
]

await mkdir(folder, { recursive: true })
const browser = await openBrowser()
for (const [name, face, address, look, button] of pictures) {
  if (process.argv[3] && process.argv[3] !== name) continue
  const context = await contextOf(browser, look)
  await signIn(context, face, base, people[face])
  const page = await context.newPage()
  const [list, link] = address.split('>')
  await page.goto(`${base}/${face}/${list}`)
  await settled(page)
  if (link) {
    const first = page.locator(`main a[href^="/${face}/${link}"]`).first()
    await page.goto(`${base}${await first.getAttribute('href')}`)
    await settled(page)
  }
  if (button) {
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('link', { name: /HTML/ }).waitFor()
    await settled(page)
  }
  // charts draw themselves a moment after the page
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
  await context.close()
}
await browser.close()

let bytes = 0
for (const file of await readdir(folder)) bytes += (await stat(path.join(folder, file))).size
console.log(`${pictures.length} pictures, ${(bytes / 1024).toFixed(0)} KB`)
process.exitCode = bytes > bytesMax ? 1 : 0
