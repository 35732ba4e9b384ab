// Walks through what people do, counting their clicks, and tries what nobody may: a line for each, and
// an end that is not 0 where one failed. Settings as for visit.mjs.
import assert from 'node:assert/strict'
import { settled, signIn } from './browser.mjs'
import { admin, base, end, fresh, inConsole, walk } from './walker.mjs'
import { walkBacktests } from './walkBacktests.mjs'
import { walkDesk } from './walkDesk.mjs'
import { walkForms } from './walkForms.mjs'
import { walkLive } from './walkLive.mjs'
import { walkMoney } from './walkMoney.mjs'
import { walkOnce } from './walkOnce.mjs'
import { walkQuestions } from './walkQuestions.mjs'
import { walkRoles } from './walkRoles.mjs'
import { walkVersion } from './walkVersion.mjs'

async function walkAbout() {
  await walk('signing in goes on to the page that was wanted, and the token is out of reach of scripts', async () => {
    const { context, page } = await fresh()
    await page.goto(`${base}/console/accounts?state=healthy`)
    await page.waitForURL(/\/console\/login\?next=/)
    await page.getByLabel('Name').fill(admin.name)
    await page.getByLabel('Password').fill(admin.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/accounts\?state=healthy/)
    assert.equal(await page.evaluate(() => document.cookie), '')
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    assert.doesNotMatch(stored, /eyJ/)
    const [cookie] = (await context.cookies()).filter((one) => one.name.endsWith('tg_admin'))
    assert.equal(cookie?.httpOnly, true)
    assert.equal(cookie?.sameSite, 'Strict')
    // a new tab is signed in
    const second = await context.newPage()
    await second.goto(`${base}/console/requests`)
    await settled(second)
    assert.match(second.url(), /\/console\/requests/)
    await context.close()
  })

  await walk('a wrong password is said at the form, and nothing typed is lost', async () => {
    const { context, page } = await fresh()
    await page.goto(`${base}/console/login`)
    await page.getByLabel('Name').fill('somebody')
    await page.getByLabel('Password').fill('not this one')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    assert.equal(await page.getByLabel('Name').inputValue(), 'somebody')
    await context.close()
  })

  await walk('why did this request fail: from the overview two clicks, the cause on top', async () => {
    const { context, page, click, clicks } = await inConsole()
    await click(page.getByRole('link', { name: /Failed/ }).first())
    await page.waitForURL(/\/console\/requests/)
    await settled(page)
    await click(page.getByRole('row').filter({ hasText: 'Refused' }).first().getByText('Refused'))
    const cause = page.getByRole('dialog').locator('.cause .sentence')
    assert.match(await cause.innerText(), /^[A-Z][a-z].*\.$/, 'a sentence, and no code')
    assert.ok(clicks() <= 2)
    assert.match(page.url(), /open=/)
    // back closes it, and the keyboard walks
    await page.keyboard.press('j')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await context.close()
  })

  await walk('what has this upstream account cost: total in the list, 90 days one click on', async () => {
    const { context, page, click, clicks } = await inConsole()
    await click(page.getByRole('link', { name: 'Upstream accounts' }))
    await settled(page)
    await page.getByRole('columnheader', { name: 'Total cost' }).waitFor()
    await click(page.getByRole('link', { name: 'sandbox', exact: true }))
    await page.getByRole('img', { name: /Cost by day/ }).waitFor()
    assert.ok(clicks() <= 2)
    await context.close()
  })

  await walk('a key is off in two clicks and on again by undo', async () => {
    const { context, page, click } = await inConsole('keys')
    const row = page.getByRole('row').filter({ hasText: '#1005' })
    await click(row.getByText('demo'))
    await click(page.getByRole('dialog').getByRole('button', { name: 'Turn off' }))
    await row.getByText('Off').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.getByText('On').waitFor()
    await context.close()
  })

  await walk('what decides what is seen is in the address, and back works', async () => {
    const { context, page } = await inConsole('requests?model=gpt-4o-mini')
    await page.getByText('Model: gpt-4o-mini').waitFor()
    await page.getByRole('button', { name: 'Remove filter Model' }).click()
    await page.waitForURL((url) => !url.search.includes('model='))
    await page.goBack()
    await page.getByText('Model: gpt-4o-mini').waitFor()
    await context.close()
  })

  await walk('an answer that is late or lost is said with its request id, and another try mends it', async () => {
    const { context, page } = await fresh()
    await signIn(context, 'console', base, admin)
    await page.route('**/api/provider-accounts?*', (route) =>
      route.fulfill({
        status: 500,
        headers: { 'X-Request-Id': '019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77' },
        contentType: 'application/json',
        body: '{"error":"<img src=x onerror=alert(1)>","code":"SOMETHING_NEW","details":null,"request_id":"019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77"}',
      }),
    )
    await page.goto(`${base}/console/accounts`)
    await page.getByRole('alert').getByText('<img src=x onerror=alert(1)>').waitFor({ timeout: 20_000 })
    await page.unroute('**/api/provider-accounts?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'sandbox', exact: true }).waitFor()
    await context.close()
  })
}

// what counts seconds goes alone; the rest side by side, as whoever waits for an answer leaves the processor to another
await walkLive()
await Promise.all([
  walkAbout().then(walkQuestions),
  walkMoney().then(walkOnce),
  walkForms().then(walkDesk),
  walkRoles().then(walkVersion).then(walkBacktests),
])
await end()
