// The program is killed while money dialogs wait: one order had arrived and its answer is lost, one never
// arrived, and one was on its way. Each page says that it is not known, and once the program is there again
// another try in the same dialog gives the one result. Whoever runs this starts the program again, on the
// same port and data.
//
//   BASE=http://127.0.0.1:18100 PROGRAM=PID ADMIN=… USER_=… API_KEY=… node kill.mjs
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'
import { apiKey, ask, base, end, eventually, inConsole, inPortal, user, walk } from './walker.mjs'

const IN_FLIGHT_MS = 30_000
const START_MS = 120_000
const UNKNOWN = 'It is not known whether it happened.'
const program = Number(process.env.PROGRAM)

async function isUp() {
  try {
    return (await fetch(`${base}/health/ready`)).ok
  } catch {
    return false
  }
}

/** A request through the relay whose answer has begun, and what became of it in the end. */
async function slowRequest() {
  const answer = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}`, 'X-Sandbox': `output_tokens=20; chunk_ms=${IN_FLIGHT_MS}` },
    body: JSON.stringify({ model: 'gpt-4o-mini', max_tokens: 20, stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  assert.equal(answer.status, 200)
  return { end: answer.text().then(() => 'whole', () => 'cut') }
}

/** Keeps the keys with which something is sent, and what happens to the first of it. */
function meddle(page, path, first) {
  const keys = []
  return page
    .route(path, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      keys.push(route.request().headers()['idempotency-key'])
      return keys.length === 1 ? first(route) : route.continue()
    })
    .then(() => keys)
}

await walk('the program dies while money dialogs wait: each says so, and a second try gives one result', async () => {
  const reason = `killed ${Date.now()}`
  const owner = await inConsole()
  const { body: found } = await owner.ask('GET', `/api/users?email=${encodeURIComponent(user.name)}`)
  const { id } = found.data[0]
  const payer = await inPortal('top-up')
  const { body: me } = await ask(payer.context, 'GET', '/api/v1/me')
  const made = await ask(payer.context, 'POST', '/api/v1/billing/recharge', {
    ...{ user_id: me.data.user_id, amount: '4.40', payment_method: 'sandbox' },
  })
  await payer.context.request.post(`${made.body.payment_url}/pay`)
  const order = await eventually('the order is paid', async () => {
    const { body } = await owner.ask('GET', `/api/recharge-orders?order_id=${made.body.order_id}`)
    return body.data.find((one) => one.status === 'success')
  })
  const rule = (in_doubt_rule) => owner.ask('PUT', '/api/tenants/1', { in_doubt_rule })
  const { data: tenant } = (await owner.ask('GET', '/api/tenants/1')).body
  assert.equal((await rule('manual')).status, 200)
  const orders = async () => Number((await ask(payer.context, 'GET', '/api/v1/me/recharges')).body.total)
  const before = await orders()
  let died
  const dies = new Promise((resolve) => (died = resolve))
  let arrived
  const isThere = new Promise((resolve) => (arrived = resolve))

  // arrived, and its answer is lost
  const grant = owner.page
  await grant.goto(`${base}/console/users/${id}`)
  await settled(grant)
  const grantKeys = await meddle(grant, '**/api/users/*/grants', async (route) => {
    const answer = await route.fetch()
    assert.equal(answer.status(), 200)
    arrived()
    await dies
    await route.abort('connectionreset')
  })
  await grant.getByRole('button', { name: 'Grant', exact: true }).click()
  await grant.getByLabel(/^Amount/).fill('0.65')
  await grant.getByLabel('Reason').fill(reason)
  await grant.getByRole('dialog').getByRole('button', { name: 'Grant', exact: true }).click()
  await isThere

  // never arrived
  const refund = await owner.context.newPage()
  await refund.goto(`${base}/console/recharges/${order.id}`)
  await settled(refund)
  const refundKeys = await meddle(refund, '**/api/recharge-orders/*/refund', async (route) => {
    await dies
    await route.continue()
  })
  await refund.getByRole('main').getByRole('button', { name: 'Refund' }).click()
  await refund.getByLabel(/^Amount/).fill('1.10')
  await refund.getByLabel('Reason').fill(reason)
  await refund.getByRole('dialog').getByRole('button', { name: 'Refund' }).click()

  // on its way
  const pay = payer.page
  await pay.getByLabel(/^Another amount/).fill('3.21')
  const button = pay.getByRole('button', { name: /^Pay / })
  await button.waitFor()
  const payKeys = await meddle(pay, '**/api/v1/billing/recharge', (route) => {
    process.kill(program, 'SIGKILL')
    return route.continue()
  })
  const slow = await slowRequest()
  await button.click()
  await eventually('the program is gone', async () => !(await isUp()))
  died()
  assert.equal(await slow.end, 'cut')

  const dialogs = [grant.getByRole('dialog'), refund.getByRole('dialog'), pay.getByRole('main')]
  for (const dialog of dialogs) await dialog.getByRole('alert').getByText(UNKNOWN).waitFor()
  assert.equal(await dialogs[0].getByLabel('Reason').isDisabled(), true, 'what is not known cannot be changed')
  await grant.getByRole('banner').getByText(/^Reconnecting|^Offline/).waitFor()

  const began = Date.now()
  await eventually('the program is there again', isUp, START_MS)
  console.log(`  there again after ${Date.now() - began} ms`)
  for (const dialog of dialogs) await dialog.getByRole('button', { name: 'Try again' }).click()
  await grant.getByText(/0\.65.* given/).waitFor()
  await refund.getByText(/1\.10.* (refunded|is held)/).waitFor()
  await pay.waitForURL(/order=/)
  await grant.getByRole('banner').getByText('Live', { exact: true }).waitFor()

  for (const keys of [grantKeys, refundKeys, payKeys]) {
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
  }
  const grants = await owner.ask('GET', `/api/grants?user_id=${id}&page_size=100`)
  assert.equal(grants.body.data.filter((one) => one.reason === reason).length, 1)
  assert.equal(await orders(), before + 1)
  await eventually('the refund is booked once', async () => {
    const { body } = await owner.ask('GET', `/api/recharge-orders/${order.id}`)
    return Number(body.data.order.refunded_amount) === 1.1
  })

  // what the relay had under way is in doubt; it is decided once, however often that is said
  const doubt = await eventually('the request is in doubt', async () => {
    const { body } = await owner.ask('GET', `/api/in-doubt?user_id=${id}`)
    return body.data.at(0)
  })
  const decided = await Promise.all(
    Array.from({ length: 4 }, () => owner.ask('POST', `/api/in-doubt/${doubt.request_id}/resolve`, { charge: 'free' })),
  )
  for (const { status, body } of decided) assert.equal(status, 200, JSON.stringify(body))
  assert.equal(new Set(decided.map(({ body }) => JSON.stringify(body.data))).size, 1, JSON.stringify(decided))
  assert.equal((await rule(tenant.in_doubt_rule)).status, 200)
  const audit = await owner.ask('POST', '/api/ledger/audit')
  assert.equal(audit.body.data.clean, true, JSON.stringify(audit.body.data))
  await owner.context.close()
  await payer.context.close()
})
await end()
