// Questions of users and owners that have to be answered while they are on the phone.
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'
import { inConsole, user, walk } from './walker.mjs'

export async function walkQuestions() {
  await walk('a user says the balance is wrong: from their address to the entry, three clicks', async () => {
    const { context, page, click, clicks, find } = await inConsole()
    await find(user.name)
    await page.getByText('It adds up', { exact: true }).waitFor()
    const movement = page.getByRole('row').filter({ hasText: /\d entr(y|ies)/ }).first()
    await click(movement.getByRole('link'))
    await page.waitForURL(/ledger|tab=/)
    const entry = page.getByRole('row').filter({ hasText: /\d/ })
    await entry.first().waitFor()
    assert.ok(clicks() <= 3, `${clicks()} clicks`)
    await context.close()
  })

  await walk('a user cannot call: from their address one click to what refuses, and its remedy', async () => {
    const { context, page, click, clicks, find, ask } = await inConsole()
    const email = `penniless-${Date.now()}@walk.example`
    const { status } = await ask('POST', '/api/users', { tenant_id: 1, email })
    assert.equal(status, 200)
    await find(email)
    await click(page.getByRole('link', { name: 'Can they call?' }))
    await page.getByRole('heading', { name: 'A request would be refused' }).waitFor()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'refuses' }).first().waitFor()
    assert.ok(clicks() <= 1, `${clicks()} clicks`)
    await context.close()
  })

  await walk('are the books right: one click from the top bar, and an audit run from the page is clean', async () => {
    const { context, page, click, clicks } = await inConsole()
    await click(page.getByRole('banner').getByRole('link', { name: /books|audited/i }))
    await page.waitForURL(/\/console\/books/)
    assert.ok(clicks() <= 1, `${clicks()} clicks`)
    await settled(page)
    await page.getByRole('button', { name: 'Run an audit' }).click()
    await page.getByRole('status').getByText('The books are right').waitFor({ timeout: 60_000 })
    await page.getByRole('row').filter({ hasText: 'Clean' }).first().waitFor()
    await context.close()
  })

  await walk('a price is raised: found, row, new price, save', async () => {
    const { context, page, click, clicks, find, ask } = await inConsole()
    // there is a row as soon as one price was set, far enough ahead to concern nobody
    const { body } = await ask('GET', '/api/models?model=gpt-4o-mini')
    const { id, aliases, platform, owned_by, context_tokens, max_output_tokens, price } = body.data[0]
    const ahead = (days) => new Date(Date.now() + days * 86_400_000).toISOString()
    const first = await ask('POST', '/api/prices', {
      ...{ id, aliases, platform, owned_by, context_tokens, max_output_tokens, ...price },
      effective_from: ahead(300 + (Date.now() % 1000) / 10),
    })
    assert.equal(first.status, 200, JSON.stringify(first.body))
    await find('Prices')
    await click(page.getByRole('row').filter({ hasText: id }).first().locator('td').nth(1))
    await click(page.getByRole('dialog').getByRole('button', { name: 'New price' }))
    const form = page.getByRole('dialog').filter({ hasText: 'Selling' }).last()
    await form.getByLabel('From', { exact: false }).first().fill(ahead(500 + (Date.now() % 1000) / 10).slice(0, 16))
    const selling = form.getByRole('group', { name: /^Selling/ })
    await selling.getByRole('textbox').first().fill('0.16')
    // margin is judged beside it: cost of it is in sight
    await form.getByRole('group', { name: /^Upstream/ }).waitFor()
    await click(form.getByRole('button', { name: 'Save' }))
    await page.getByText(`${id} has a new price`).waitFor()
    assert.ok(clicks() <= 3, `${clicks()} clicks`)
    await context.close()
  })
  await walk('a user is made on the page of users, and opens from what is said then', async () => {
    const { context, page, click, clicks } = await inConsole('users')
    const email = `made-${Date.now()}@walk.example`
    await click(page.getByRole('button', { name: 'New user' }))
    const form = page.getByRole('dialog')
    await form.getByLabel('E-mail').fill(email)
    await click(form.getByRole('button', { name: 'Save' }))
    await form.waitFor({ state: 'detached' })
    await page.getByRole('row').filter({ hasText: email }).waitFor()
    await click(page.getByRole('status').getByRole('link', { name: 'Open' }))
    await page.getByRole('heading', { name: email }).waitFor()
    assert.ok(clicks() <= 3, `${clicks()} clicks`)
    await context.close()
  })
}
