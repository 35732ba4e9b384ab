// The desk at which one thing after another is decided by keys, and what is shown of things with bad names.
import assert from 'node:assert/strict'
import { settled, signIn } from './browser.mjs'
import { formulasIn, PROBE, probed } from './probes.mjs'
import { ask, base, eventually, inConsole, inPortal, nobody, user, walk } from './walker.mjs'

const TERMS = '/api/tenants/1/reward-terms'
/** Who has rewards in the demo. */
const LEADER = { name: 'leader@demo.example', password: user.password }
const TEN = 10

/** Lets a new address be paid at once, small amounts too; what there was before. */
async function easyTerms(context) {
  const { body } = await ask(context, 'GET', TERMS)
  const { address_cool_down_s, withdrawal_minimum, daily_limit, second_admin_from } = body.data
  const easy = { address_cool_down_s: 0, withdrawal_minimum: 1, daily_limit: null, second_admin_from: null }
  assert.equal((await ask(context, 'PUT', TERMS, easy)).status, 200)
  return () => ask(context, 'PUT', TERMS, { address_cool_down_s, withdrawal_minimum, daily_limit, second_admin_from })
}

/** Withdrawals that wait, as the leader asks for them; their ids. */
async function asked(count, remark, address = 'TDesk7Walk') {
  const context = await nobody()
  await signIn(context, 'portal', base, LEADER)
  const ids = []
  for (let n = 0; n < count; n++) {
    const order = { amount: '1', network: 'TRC20', address, remark }
    const made = await ask(context, 'POST', '/api/v1/me/withdrawals', order, { 'Idempotency-Key': crypto.randomUUID() })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    ids.push(String(made.body.data.id))
  }
  await context.close()
  return ids
}

export async function walkDesk() {
  await walk('ten withdrawals: one click to their page, then A and Enter for each', async () => {
    const { context, page, click, clicks } = await inConsole()
    const putBack = await easyTerms(context)
    const ids = await asked(TEN, 'at the desk')
    await click(page.getByRole('navigation').getByRole('link', { name: 'Withdrawals', exact: true }))
    await settled(page)
    await page.getByRole('row').filter({ hasText: `#${ids[0]}` }).waitFor()
    const dialog = page.locator('dialog[open]')
    for (const id of [...ids].reverse()) {
      await page.keyboard.press('a')
      await dialog.getByText(`#${id}`).first().waitFor()
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
    }
    assert.ok(clicks() <= 1, `${clicks()} clicks`)
    await eventually('all ten are approved', async () => {
      const { body } = await ask(context, 'GET', '/api/withdrawals?status=approved&page_size=100')
      return ids.every((id) => body.data.some((one) => String(one.id) === id))
    })
    await putBack()
    await context.close()
  })

  await walk('one is rejected by R, a reason and the keyboard alone, and read by whom it concerns', async () => {
    const { context, page } = await inConsole()
    const putBack = await easyTerms(context)
    const [id] = await asked(1, PROBE, 'TDesk7Reject')
    await page.goto(`${base}/console/withdrawals?open=${id}`)
    await settled(page)
    assert.deepEqual(await probed(page), { struck: false, seen: true, planted: false })
    await page.keyboard.press('r')
    await page.keyboard.type(PROBE)
    await page.keyboard.press('Control+Enter')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await page.goto(`${base}/console/withdrawals?open=${id}`)
    await settled(page)
    assert.deepEqual(await probed(page), { struck: false, seen: true, planted: false })
    const csv = await context.request.get(`${base}/api/withdrawals?format=csv`)
    assert.match(await csv.text(), /onerror/)
    assert.deepEqual(formulasIn((await csv.text()).replace(/^\uFEFF/, '')), [])
    await putBack()
    await context.close()
    const portal = await inPortal('withdrawals', LEADER)
    await portal.page.getByText('Rejected').first().waitFor()
    const { struck, planted } = await probed(portal.page)
    assert.deepEqual({ struck, planted }, { struck: false, planted: false })
    await portal.context.close()
  })

  await walk('an account of the books opens from an entry, with whose it is and what it has', async () => {
    const { context, page } = await inConsole('ledger/entries?range=all')
    await page.getByRole('row').nth(1).getByRole('link', { name: /^#\d+$/ }).first().click()
    await page.waitForURL(/\/console\/ledger\/accounts\/\d+/)
    await settled(page)
    await page.getByRole('region', { name: 'As it stands' }).getByText('Available').waitFor()
    await page.getByRole('link', { name: /^#\d+$/ }).first().waitFor()
    await context.close()
  })

  await walk('a device that follows the balance is on the page of its user, and is disconnected there', async () => {
    const portal = await inPortal()
    const device = `desk-${Date.now()}`
    await portal.page.evaluate((name) => {
      window.device = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws/sync?device_id=${name}`)
      window.device.onclose = (event) => (window.closedWith = event.code)
    }, device)
    const { context, page, ask: call } = await inConsole()
    const { body } = await call('GET', `/api/users?email=${encodeURIComponent(user.name)}`)
    await page.goto(`${base}/console/users/${body.data[0].id}?tab=devices`)
    const row = page.getByRole('listitem').filter({ hasText: device })
    await row.getByRole('button', { name: 'Disconnect' }).click()
    await row.waitFor({ state: 'detached' })
    await portal.page.waitForFunction(() => window.closedWith === 4408)
    await context.close()
    await portal.context.close()
  })
}
