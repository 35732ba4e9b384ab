// Walks what users come for, as they would, and counts their clicks: more than are said here fail.
//
//   BASE=http://127.0.0.1:18100 USER_=mail:password [SANDBOX=http://127.0.0.1:18190] node journeys.mjs
import { contextOf, listenTo, openBrowser, settled, signIn } from './browser.mjs'

const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const findings = []
let walked = 0
const browser = await openBrowser()

/** A page whose clicks are counted. */
async function walker(context) {
  const page = await context.newPage()
  const heard = listenTo(page)
  let clicks = 0
  return {
    page,
    heard,
    clicks: () => clicks,
    async click(locator) {
      clicks += 1
      await locator.click()
    },
  }
}

async function journey(name, clicksMax, walk) {
  const context = await contextOf(browser, { language: 'en', theme: 'light', width: 1440 })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base })
  const steps = await walker(context)
  try {
    await walk(steps, context)
    const clicks = steps.clicks()
    if (clicks > clicksMax) findings.push(`${name}: ${clicks} clicks (expected: at most ${clicksMax})`)
    const wrong = steps.heard.take().filter((one) => !/401/.test(one))
    findings.push(...wrong.map((one) => `${name}: ${one}`))
    walked += 1
    console.log(`${name}: ${clicks} clicks`)
  } catch (cause) {
    findings.push(`${name}: ${String(cause.message).split('\n')[0]}`)
  } finally {
    await context.close()
  }
}

// where a mail has to be answered, its link is one click more: the installation of the test sends none
await journey("a newcomer's first call", 4, async ({ page, click }) => {
  await page.goto(`${base}/portal/register`)
  await settled(page)
  await page.getByLabel('E-mail').fill(`newcomer-${Date.now()}@walk.example`)
  await page.getByLabel('Password').fill('four plain words here')
  await click(page.getByRole('button', { name: 'Create account' }))
  await page.waitForURL(/quick-start/)
  await settled(page)
  await click(page.getByRole('button', { name: 'Create key' }))
  await page.getByText('It is shown this once').waitFor()
  await click(page.getByRole('button', { name: 'Copy', exact: true }).last())
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const secret = /sk-[0-9A-Za-z]{43}/.exec(copied)?.[0]
  if (!secret) throw new Error('the sample that was copied has no key in it')
  const model = /"model": "([^"]+)"/.exec(copied)?.[1]
  const answer = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  if (!answer.ok) throw new Error(`the copied key is answered ${answer.status}`)
  await page.getByText('See the request').waitFor({ timeout: 15_000 })
})

const [email, ...rest] = (process.env.USER_ ?? '').split(':')
if (email) {
  await journey('a user tops up', 3, async ({ page, click }, context) => {
    await signIn(context, 'portal', base, { name: email, password: rest.join(':') })
    await page.goto(`${base}/portal/`)
    await settled(page)
    await click(page.getByRole('link', { name: 'Top up', exact: true }).first())
    const first = page.getByRole('group', { name: 'Amount' }).getByRole('button').first()
    await click(first)
    const opened = context.waitForEvent('page')
    await click(page.getByRole('button', { name: /^Pay / }))
    const channel = await opened
    await page.getByText('Waiting').first().waitFor()
    await channel.waitForLoadState()
    // the channel's own page is no click of ours
    await channel.getByRole('button').first().click()
    await page.getByText('The amount is on your balance.').waitFor({ timeout: 20_000 })
  })
}
await browser.close()
for (const finding of findings) console.log(finding)
console.log(`${walked} walked, ${findings.length} failed`)
process.exitCode = findings.length === 0 ? 0 : 1
