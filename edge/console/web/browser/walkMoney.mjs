// What moves money from the pages: as short as stated, once whatever happens, and only by whom it may.
import assert from 'node:assert/strict'
import { settled, signIn } from './browser.mjs'
import { ask, base, eventually, inConsole, nobody, onTheLine, user, walk } from './walker.mjs'

/** An order that the payer has paid at the sandbox channel's own page. */
async function paidOrder(context, amount) {
  const payer = await nobody()
  await signIn(payer, 'portal', base, user)
  const me = await ask(payer, 'GET', '/api/v1/me')
  const made = await ask(payer, 'POST', '/api/v1/billing/recharge', {
    user_id: me.body.data.user_id,
    amount,
    payment_method: 'sandbox',
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const paid = await payer.request.post(`${made.body.payment_url}/pay`)
  assert.ok(paid.ok(), `the channel's page answered ${paid.status()}`)
  await payer.close()
  return eventually('the order is paid', async () => {
    const { body } = await ask(context, 'GET', `/api/recharge-orders?order_id=${made.body.order_id}`)
    return body.data.find((order) => order.status === 'success')
  })
}

async function numberOf(context, email) {
  const { body } = await ask(context, 'GET', `/api/users?email=${encodeURIComponent(email)}`)
  return body.data[0].id
}

/** Grants of a user that were given for a reason. */
async function grantsFor(context, number, reason) {
  const { body } = await ask(context, 'GET', `/api/grants?user_id=${number}&page_size=100`)
  return body.data.filter((grant) => grant.reason === reason)
}

/** The grant dialog of a user, filled in. */
async function grantDialog(page, reason, amount = '0.25') {
  await page.getByLabel(/^Amount/).fill(amount)
  await page.getByLabel('Reason').fill(reason)
  return page.getByRole('dialog')
}

export async function walkMoney() {
  await walk('a recharge is refunded: found by its order, two clicks, the reason typed', async () => {
    const { context, page, click, clicks, find, ask: call } = await inConsole()
    const order = await paidOrder(context, '3.40')
    await find(order.order_id)
    await click(page.getByRole('main').getByRole('button', { name: 'Refund' }))
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('paid by mistake')
    await click(dialog.getByRole('button', { name: 'Refund' }))
    await page.getByText(/3\.40.* (refunded|is held)/).waitFor()
    assert.ok(clicks() <= 3, `${clicks()} clicks`)
    await eventually('the refund is booked', async () => {
      const { body } = await call('GET', `/api/recharge-orders/${order.id}`)
      return Number(body.data.order.refunded_amount) === 3.4
    })
    await context.close()
  })

  await walk('a user is given credit in two clicks, and a double click gives it once', async () => {
    const { context, page, click, clicks, find } = await inConsole()
    await find(user.name)
    const number = await numberOf(context, user.name)
    const reason = `double click ${Date.now()}`
    const sent = []
    page.on('request', (request) => request.method() === 'POST' && /\/grants$/.test(request.url()) && sent.push(request))
    await click(page.getByRole('button', { name: 'Grant', exact: true }))
    const dialog = await grantDialog(page, reason)
    const confirm = dialog.getByRole('button', { name: 'Grant', exact: true })
    await click({ click: () => confirm.dblclick() })
    await page.getByText(/0\.25.* given/).waitFor()
    assert.equal(sent.length, 1, 'one request')
    assert.equal((await grantsFor(context, number, reason)).length, 1)
    assert.ok(clicks() <= 2, `${clicks()} clicks`)
    await context.close()
  })

  await walk('an answer that is lost leaves it open, says so, and another try gives the one result', async () => {
    const { context, page, find } = await inConsole()
    await find(user.name)
    const number = await numberOf(context, user.name)
    const reason = `lost answer ${Date.now()}`
    const keys = []
    await page.route('**/api/users/*/grants', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      const answer = await route.fetch()
      assert.equal(answer.status(), 200)
      if (keys.length === 1) await route.abort('connectionreset')
      else await route.fulfill({ response: answer })
    })
    await page.getByRole('button', { name: 'Grant', exact: true }).click()
    const dialog = await grantDialog(page, reason)
    await dialog.getByRole('button', { name: 'Grant', exact: true }).click()
    await dialog.getByRole('alert').getByText('It is not known whether it happened.').waitFor()
    assert.equal(await dialog.getByLabel('Reason').inputValue(), reason)
    await dialog.getByRole('button', { name: 'Try again' }).click()
    const told = page.getByText(/0\.25.* given/)
    await told.waitFor()
    const grants = await grantsFor(context, number, reason)
    assert.equal(grants.length, 1)
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
    // what it became is one link away
    await page.getByRole('status').getByRole('link', { name: 'Transfer' }).click()
    await page.waitForURL(new RegExp(`/console/ledger/transfers/${grants[0].transfer_id}`))
    await context.close()
  })

  await walk('who may not move money sees no way to, and the server refuses it all the same', async () => {
    const owner = await onTheLine()
    const order = await paidOrder(owner.context, '1.20')
    const number = await numberOf(owner.context, user.name)
    const name = `support-${Date.now()}`
    const password = 'four plain words here'
    const made = await owner.ask('POST', '/api/admins', { username: name, role: 'support', password })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    const { context, page, ask: call } = await inConsole(`users/${number}`, { name, password })
    await page.getByRole('button', { name: 'More' }).waitFor()
    const grant = page.getByRole('button', { name: 'Grant', exact: true })
    assert.equal(await grant.isDisabled(), true)
    await page.getByText('Owner or Finance may').waitFor()
    await page.goto(`${base}/console/recharges/${order.id}`)
    await settled(page)
    await page.getByRole('heading', { name: 'Payments' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Refund' }).count(), 0)
    const tries = [
      [`/api/users/${number}/grants`, { amount: '1', reason: 'not mine to give' }],
      [`/api/recharge-orders/${order.id}/refund`, { amount: '1', reason: 'not mine to give' }],
    ]
    for (const [address, body] of tries) {
      const { status } = await call('POST', address, body, { 'Idempotency-Key': crypto.randomUUID() })
      assert.equal(status, 403, address)
    }
    assert.equal((await grantsFor(owner.context, number, 'not mine to give')).length, 0)
    await owner.ask('PATCH', `/api/admins/${made.body.data.admin.id}/toggle`, { active: false })
    await context.close()
    await owner.context.close()
  })
}
