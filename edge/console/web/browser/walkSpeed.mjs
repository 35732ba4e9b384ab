// How soon a page can be used, and how soon rows are drawn once they are there. What is printed is what was
// measured; what fails is far beyond it, as the machine may be somebody else's as well.
import assert from 'node:assert/strict'
import { settled, signIn } from './browser.mjs'
import { admin, base, fresh, user, walk } from './walker.mjs'

const USABLE_MS = 6_000
const DRAWN_MS = 1_000
const faces = {
  console: { who: admin, list: 'accounts', asked: '/api/provider-accounts' },
  portal: { who: user, list: 'keys', asked: '/api/v1/me/keys' },
}

/** Notes when the page's own navigation and heading are there, and when a first row is. */
function watching(page) {
  return page.addInitScript(() => {
    window.seen = {}
    const look = () => {
      const now = performance.now()
      if (!window.seen.usable && document.querySelector('main h1') && document.querySelector('nav a')) window.seen.usable = now
      if (!window.seen.rows && document.querySelector('main tbody tr')) window.seen.rows = now
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true })
  })
}

export async function walkSpeed() {
  for (const [face, { who, list, asked }] of Object.entries(faces)) {
    await walk(`the ${face} can be used soon after it is opened, and rows are drawn soon after they came`, async () => {
      const { context, page } = await fresh()
      await signIn(context, face, base, who)
      await watching(page)
      const open = async (path) => {
        await page.goto(`${base}/${face}/${path}`)
        await settled(page)
        return page.evaluate((name) => {
          // the last that came before the rows: what is told beside a page may ask the same path
          const entry = performance
            .getEntriesByType('resource')
            .findLast((one) => new URL(one.name).pathname === name && one.responseEnd <= (window.seen.rows ?? 0))
          return { ...window.seen, answered: entry?.responseEnd }
        }, asked)
      }
      const cold = await open('')
      const warm = await open('')
      const { rows, answered } = await open(list)
      const ms = (value) => `${Math.round(value)} ms`
      console.log(`  ${face}: usable after ${ms(cold.usable)} cold, ${ms(warm.usable)} warm; rows ${ms(rows - answered)} after their answer`)
      for (const { usable } of [cold, warm]) assert.ok(usable < USABLE_MS, `${ms(usable)} (expected: less than ${USABLE_MS})`)
      assert.ok(rows - answered < DRAWN_MS, `${ms(rows - answered)} (expected: less than ${DRAWN_MS})`)
      await context.close()
    })
  }
}
