// How soon each face can be used after it is opened, in a new browser and in one that knows it, and how soon
// rows are drawn once they are there: a line of JSON for each face, in milliseconds. Settings as for visit.mjs.
import { settled, signIn } from './browser.mjs'
import { admin, base, end, fresh, user, walk } from './walker.mjs'

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

for (const [face, { who, list, asked }] of Object.entries(faces)) {
  await walk(`how soon the ${face} can be used`, async () => {
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
    console.log(`speed ${JSON.stringify({ face, cold: cold.usable, warm: warm.usable, rows: rows - answered })}`)
    await context.close()
  })
}
await end()
