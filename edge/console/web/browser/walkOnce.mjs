// What moves money, sent twice at the same moment: one result.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import { ask, base, eventually, nobody, onTheLine, walk } from './walker.mjs'

/** The same call several times at once. */
const AT_ONCE = 4
const together = (call) => Promise.all(Array.from({ length: AT_ONCE }, call))

/** All were answered alike, and each with a success. */
function alike(answers, part) {
  for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body))
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(part(body)))).size, 1, JSON.stringify(answers.map(({ body }) => body)))
}

/** An owner, and a user who was made for this walk and can sign in. */
async function people(means = '5') {
  const owner = await onTheLine()
  const who = { name: `once-${crypto.randomUUID().slice(0, 8)}@walk.example`, password: 'four plain words here' }
  const made = await owner.ask('POST', '/api/users', {
    ...{ tenant_id: 1, email: who.name, password: who.password, monthly_free_tokens: 0 },
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const { id } = made.body.data
  const given = await owner.ask('POST', `/api/users/${id}/grants`, { amount: means, reason: 'to walk with' }, once())
  assert.equal(given.status, 200, JSON.stringify(given.body))
  const context = await nobody()
  await signIn(context, 'portal', base, who)
  return { owner, id, who, ask: (...call) => ask(context, ...call), close: () => Promise.all([owner.context.close(), context.close()]) }
}

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })

export async function walkOnce() {
  await walk('a grant, sent four times at once, is one', async () => {
    const { owner, id, close } = await people()
    const key = once()
    const order = { amount: '0.35', reason: 'all at once' }
    const answers = await together(() => owner.ask('POST', `/api/users/${id}/grants`, order, key))
    alike(answers, (body) => body.data.transfer_id)
    const { body } = await owner.ask('GET', `/api/grants?user_id=${id}&page_size=100`)
    assert.equal(body.data.filter((grant) => grant.reason === order.reason).length, 1)
    const other = await owner.ask('POST', `/api/users/${id}/grants`, { ...order, amount: '0.36' }, key)
    assert.equal(other.status, 409, 'the key is another grant’s')
    await close()
  })

  await walk('what is owed is forgiven once', async () => {
    const { owner, id, ask: call, close } = await people('0.002')
    const key = await call('POST', '/api/v1/me/keys', { name: 'once' })
    assert.equal(key.status, 200, JSON.stringify(key.body))
    const answer = await fetch(`${base}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key.body.data.secret}`, 'X-Sandbox': 'input_tokens=1900' },
      body: JSON.stringify({ model: 'gpt-4o', max_tokens: 10, messages: [{ role: 'user', content: 'word '.repeat(400) }] }),
    })
    const said = await answer.text()
    assert.equal(answer.status, 200, said)
    const owed = async () => (await owner.ask('GET', `/api/owed?user_id=${id}`)).body.data.at(0)
    // what was charged is booked a moment later
    const before = await eventually(`something is owed for ${said}`, owed)
    const half = String(Number(before.amount) / 2)
    const header = once()
    const answers = await together(() => owner.ask('POST', `/api/users/${id}/forgive-owed`, { amount: half, reason: 'all at once' }, header))
    alike(answers, (body) => body.data.transfer_id)
    assert.equal(Number((await owed()).amount), Number(before.amount) - Number(half))
    await close()
  })

  await walk('a refund of a recharge, sent four times at once, is one', async () => {
    const { owner, who, ask: call, close } = await people()
    const me = await call('GET', '/api/v1/me')
    const pay = { user_id: me.body.data.user_id, amount: '2.20', payment_method: 'sandbox' }
    const header = once()
    const orders = await together(() => call('POST', '/api/v1/billing/recharge', pay, header))
    alike(orders, (body) => body.order_id)
    const paid = await together(() => fetch(`${orders[0].body.payment_url}/pay`, { method: 'POST' }))
    assert.ok(paid.some((answer) => answer.ok), `the channel took no payment of ${who.name}`)
    const look = async () => (await owner.ask('GET', `/api/recharge-orders?order_id=${orders[0].body.order_id}`)).body.data[0]
    const order = await eventually('the order is paid', async () => {
      const found = await look()
      return found.status === 'success' && found
    })
    const refund = once()
    const answers = await together(() =>
      owner.ask('POST', `/api/recharge-orders/${order.id}/refund`, { amount: '0.70', reason: 'all at once' }, refund),
    )
    alike(answers, (body) => body.data.number ?? body.data.id)
    await eventually('the refund is booked', async () => Number((await look()).refunded_amount) === 0.7)
    await close()
  })

  await walk('a code is redeemed once, and a plan is bought once', async () => {
    const { owner, id, ask: call, close } = await people()
    const batch = await owner.ask('POST', '/api/redemption-codes', {
      ...{ tenant_id: 1, name: 'walk', asset: 'USD', amount: '0.40', codes: 1 },
    })
    assert.equal(batch.status, 200, JSON.stringify(batch.body))
    const exports = await together(() => owner.ask('POST', `/api/redemption-codes/${batch.body.data.id}/export`))
    const [shown, ...others] = exports.filter(({ status }) => status === 200)
    assert.deepEqual(others, [], 'codes are made once')
    const [code] = shown.body.data.codes
    const redeemed = await together(() => call('POST', '/api/v1/me/redeem', { code }))
    assert.ok(redeemed.some(({ status }) => status === 200), JSON.stringify(redeemed))
    for (const { status } of redeemed) assert.ok(status === 200 || status === 409, String(status))
    const grants = await owner.ask('GET', `/api/grants?user_id=${id}&page_size=100`)
    assert.equal(grants.body.data.filter((grant) => Number(grant.amount) === 0.4).length, 1, JSON.stringify(grants.body.data))

    const plan = await owner.ask('POST', '/api/plans', {
      ...{ tenant_id: 1, code: `once-${Date.now()}`, name: 'Once', price: '0.90', period_unit: 'month', period_count: 1, tokens: 500 },
    })
    assert.equal(plan.status, 200, JSON.stringify(plan.body))
    const buy = { plan_id: Number(plan.body.data.id), idempotency_key: crypto.randomUUID() }
    const bought = await together(() => call('POST', '/api/v1/me/subscription', buy))
    alike(bought, (body) => body.data.subscription_id ?? body.data.id)
    const all = await owner.ask('GET', `/api/subscriptions?user_id=${id}`)
    assert.equal(all.body.data.length, 1)
    await owner.ask('PATCH', `/api/plans/${plan.body.data.id}/toggle`, { enabled: false })
    await close()
  })
}
