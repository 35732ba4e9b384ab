// A new version of the pages under a tab that is open.
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'
import { inConsole, inPortal, walk } from './walker.mjs'

/** From now on no file that a page does not have yet is there any more. */
async function replaced(page) {
  await page.evaluate(() => (window.stays = true))
  await page.route('**/assets/**', (route) => route.fulfill({ status: 404, contentType: 'application/json', body: '{}' }))
}

const offer = (page) => page.getByRole('alert').filter({ hasText: 'There is a new version' })

export async function walkVersion() {
  for (const [face, enter, first, second] of [
    ['console', inConsole, 'Ledger', 'Prices'],
    ['portal', inPortal, 'Records', 'Help'],
  ]) {
    await walk(`a file of the ${face} that is gone offers the new version once, and loads nothing by itself`, async () => {
      const { context, page } = await enter(face === 'console' ? 'keys' : 'redeem')
      const before = page.url()
      await replaced(page)
      const nav = page.getByRole('navigation', { name: 'Navigation' })
      await nav.getByRole('link', { name: first, exact: true }).click()
      await offer(page).waitFor()
      await nav.getByRole('link', { name: second, exact: true }).click()
      await page.waitForLoadState('networkidle')
      assert.equal(await offer(page).count(), 1)
      assert.equal(page.url(), before, 'it stays where it was')
      assert.equal(await page.evaluate(() => window.stays), true, 'nothing was loaded anew')
      await page.unroute('**/assets/**')
      await offer(page).getByRole('button', { name: 'Load it' }).click()
      await page.waitForFunction(() => !window.stays)
      await settled(page)
      assert.equal(await offer(page).count(), 0)
      await context.close()
    })
  }

  await walk('a new version never takes what was typed', async () => {
    const { context, page } = await inConsole('profile')
    await page.getByLabel('Password until now').fill('half of it')
    await replaced(page)
    const asked = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      // going elsewhere is meant, and comes to nothing; being loaded anew is not
      void (dialog.type() === 'confirm' ? dialog.accept() : dialog.dismiss())
    })
    await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Ledger', exact: true }).click()
    await offer(page).waitFor()
    await offer(page).getByRole('button', { name: 'Load it' }).click()
    await page.waitForFunction(() => document.querySelector('h1') !== null)
    assert.equal(await page.evaluate(() => window.stays), true)
    assert.equal(await page.getByLabel('Password until now').inputValue(), 'half of it')
    assert.deepEqual(asked, ['confirm', 'beforeunload'])
    await context.close()
  })
}
