// Forms and lists as people leave them and come back: what was typed, what was looked at, and keys.
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'
import { admin, base, eventually, inConsole, inPortal, walk } from './walker.mjs'

/** Answers each question of the page, and keeps what was asked. */
function answering(page, isYes = () => false) {
  const asked = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void (isYes() ? dialog.accept() : dialog.dismiss())
  })
  return asked
}

async function signInAgain(page) {
  await page.waitForURL(/\/console\/login\?next=/)
  await page.getByLabel('Name').fill(admin.name)
  await page.getByLabel('Password').fill(admin.password)
  await page.keyboard.press('Enter')
}

/** What a list shows and how: rows, time, filters, size, and what is open. */
async function seen(page) {
  await settled(page)
  await page.locator('tbody tr').first().waitFor()
  return page.evaluate(() => ({
    rows: [...document.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td')[1]?.textContent),
    range: document.querySelector('.bar button')?.textContent?.trim(),
    chips: [...document.querySelectorAll('.bar .chips li')].map((chip) => chip.textContent?.trim()),
    open: document.querySelector('[role=dialog] h2')?.textContent?.trim(),
    size: document.querySelector('.pager select, nav select')?.value,
  }))
}

export async function walkForms() {
  await walk('what was typed survives an error, the end of the session and a reload, but for secrets', async () => {
    const { context, page } = await inConsole('accounts')
    let isYes = true
    const asked = answering(page, () => isYes)
    const form = page.getByRole('dialog')
    const name = `typed-${Date.now()}`
    await page.getByRole('button', { name: 'New account' }).click()
    await form.getByLabel('Name', { exact: true }).fill(name)
    await form.getByLabel('Provider').selectOption('sandbox')
    await form.getByLabel(/^Keys/).fill('sk-not-to-be-kept')
    const same = async (what, secret) => {
      assert.equal(await form.getByLabel('Name', { exact: true }).inputValue(), name, what)
      // what there is to choose from comes after the form
      await eventually(`${what}: the provider`, async () => (await form.getByLabel('Provider').inputValue()) === 'sandbox')
      assert.equal(await form.getByLabel(/^Keys/).inputValue(), secret, what)
    }
    // an error
    await page.route('**/api/provider-accounts', (route) =>
      route.fulfill({ status: 500, contentType: 'application/json', body: '{"error":"it broke","code":"INTERNAL"}' }),
    )
    await page.keyboard.press('Control+Enter')
    await form.getByRole('alert').waitFor()
    await same('an error', 'sk-not-to-be-kept')
    await page.unroute('**/api/provider-accounts')
    // the end of the session
    await context.clearCookies()
    await page.keyboard.press('Control+Enter')
    await signInAgain(page)
    await page.waitForURL(/\/console\/accounts/)
    await form.waitFor()
    await same('the end of the session', '')
    assert.deepEqual(asked, [], 'nothing was asked')
    // a reload
    await page.reload()
    await form.waitFor()
    await same('a reload', '')
    assert.equal(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }).includes('not-to-be-kept')), false)
    // leaving asks, and stays where it is not wanted
    isYes = false
    asked.length = 0
    await page.keyboard.press('Escape')
    await same('leaving that was not meant', '')
    isYes = true
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    assert.deepEqual(asked, ['confirm', 'confirm'])
    // and then it is gone
    await page.reload()
    await settled(page)
    assert.equal(await form.count(), 0)
    await context.close()
  })

  await walk('a form that nobody changed closes without a word, and the keyboard saves one', async () => {
    const { context, page } = await inConsole('users')
    const asked = answering(page)
    const form = page.getByRole('dialog')
    await page.getByRole('button', { name: 'New user' }).click()
    await form.getByLabel('Tenant').waitFor()
    await page.waitForFunction(() => document.querySelector('dialog select')?.value !== '')
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    assert.deepEqual(asked, [])
    await page.getByRole('button', { name: 'New user' }).click()
    const email = `keyed-${Date.now()}@walk.example`
    await page.waitForFunction(() => document.querySelector('dialog select')?.value !== '')
    await form.getByLabel('E-mail').fill(email)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('row').filter({ hasText: email }).waitFor()
    // one that was changed does not
    await page.getByRole('button', { name: 'New user' }).click()
    await form.getByLabel('E-mail').fill('somebody@walk.example')
    await form.getByRole('button', { name: 'Close' }).click()
    await form.waitFor()
    assert.deepEqual(asked, ['confirm'], 'it was asked, and stayed')
    await context.close()
  })

  await walk('a money dialog that was left in doubt by a reload is there again, with the same key and nothing to change', async () => {
    const { context, page, ask } = await inConsole()
    const { body } = await ask('GET', '/api/users?page_size=1')
    await page.goto(`${base}/console/users/${body.data[0].id}`)
    await settled(page)
    answering(page, () => true)
    const keys = []
    let isHeld = true
    await page.route('**/api/users/*/grants', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (isHeld) await new Promise(() => undefined)
      else await route.continue()
    })
    const reason = `reloaded ${Date.now()}`
    await page.getByRole('button', { name: 'Grant', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Amount/).fill('0.75')
    await dialog.getByLabel('Reason').fill(reason)
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction(() => document.querySelector('dialog .is-loading'))
    await page.reload()
    await dialog.getByText('It is not known whether it happened').waitFor()
    assert.equal(await dialog.getByLabel(/^Amount/).isDisabled(), true)
    assert.equal(await dialog.getByLabel('Reason').inputValue(), reason)
    isHeld = false
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(/0\.75.* given/).waitFor()
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
    await context.close()
  })

  await walk('a copied link shows the same list: filters, time, size and what is open', async () => {
    const { context, page } = await inConsole('requests?range=7d')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base })
    await page.keyboard.press('/')
    await page.getByLabel('Model', { exact: true }).fill('gpt-4o-mini')
    await page.keyboard.press('Enter')
    await page.getByText('Model: gpt-4o-mini').waitFor()
    await page.getByLabel('Rows per page').selectOption('50')
    await page.waitForURL(/size=50/)
    await settled(page)
    await page.keyboard.press('j')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('c')
    await page.getByText('The link is copied').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const other = await context.newPage()
    await other.goto(link)
    await other.getByRole('dialog').waitFor()
    assert.deepEqual(await seen(other), await seen(page))
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.goBack()
    await page.waitForURL((url) => !url.search.includes('size=50'))
    await context.close()
  })

  await walk('keys walk, open, close and go, and none does while somebody types', async () => {
    const { context, page } = await inConsole('accounts')
    const title = page.getByRole('dialog').getByRole('heading').first()
    await page.keyboard.press('j')
    await title.waitFor()
    const first = await title.textContent()
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction((text) => document.querySelector('[role=dialog] h2')?.textContent !== text, first)
    await page.keyboard.press('k')
    await page.waitForFunction((text) => document.querySelector('[role=dialog] h2')?.textContent === text, first)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/accounts\/\d+/)
    await settled(page)
    await page.goBack()
    await title.waitFor()
    await page.keyboard.press('Escape')
    await title.waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Copy the link').waitFor()
    await page.keyboard.press('Escape')
    for (const [key, place] of [
      ['r', 'requests'],
      ['l', 'ledger'],
      ['u', 'users'],
      ['a', 'accounts'],
    ]) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL(new RegExp(`/console/${place}`))
    }
    await settled(page)
    await page.keyboard.press('/')
    await page.keyboard.type('gjc?')
    assert.match(page.url(), /\/console\/accounts(\?.*)?$/)
    assert.equal(await page.getByRole('dialog').count(), 0)
    await context.close()
  })

  await walk('at 200 % nothing is pushed sideways or out of reach, and motion that is not wanted is not there', async () => {
    for (const [enter, paths] of [
      [inConsole, ['', 'requests', 'accounts', 'users', 'prices', 'ledger']],
      [inPortal, ['', 'usage', 'top-up', 'keys', 'playground']],
    ]) {
      const { context, page } = await enter()
      // 1440 by 900 at 200 %
      await page.setViewportSize({ width: 720, height: 450 })
      for (const path of paths) {
        await page.goto(`${base}/${enter === inConsole ? 'console' : 'portal'}/${path}`)
        await settled(page)
        const { wide, moving } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          moving: document.getAnimations().filter((one) => one.playState === 'running').length,
        }))
        assert.ok(wide <= 1, `${path}: ${wide} px too wide`)
        assert.equal(moving, 0, `${path}: something moves`)
      }
      const menu = page.getByRole('button', { name: enter === inConsole ? 'Navigation' : 'More' })
      await menu.click()
      await page.getByRole('link', { name: enter === inConsole ? 'Prices' : 'Help', exact: true }).click()
      await page.waitForURL(/prices|help/)
      await context.close()
    }
  })
}
