// Makes an installation worth looking at: something of every kind that pages show, each with a name that
// nobody should have (probes.mjs). Ends with what it made, as one line of JSON.
//
//   BASE=http://127.0.0.1:18100 ADMIN=name:password USER_=mail:password API_KEY=sk-… node seed.mjs
import assert from 'node:assert/strict'
import http from 'node:http'
import { PROBE } from './probes.mjs'

const base = process.env.BASE ?? 'http://127.0.0.1:18100'
const LOOK_MS = 100
const WAIT_MS = 30_000

function part(text) {
  return { name: text.slice(0, text.indexOf(':')), password: text.slice(text.indexOf(':') + 1) }
}

/** A call with a session's token: what it said, which has to be a success. */
async function call(token, method, path, body, headers = {}) {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': PROBE,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

async function signedIn(path, body) {
  const answer = await call(undefined, 'POST', path, body)
  return answer.token ?? answer.data.token
}

async function until(what, look) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`${what}: not within ${WAIT_MS} ms`)
}

async function chat(key, model, headers = {}) {
  const answer = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}`, 'User-Agent': PROBE, ...headers },
    body: JSON.stringify({ model, max_tokens: 20, user: PROBE, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  await answer.text()
  return answer.status
}

const { name: username, password } = part(process.env.ADMIN ?? 'admin:admin123')
const payer = part(process.env.USER_ ?? 'paying@demo.example:demo-password')
const key = process.env.API_KEY
const owner = await signedIn('/api/auth/login', { username, password })
const user = await signedIn('/api/v1/auth/login', { email: payer.name, password: payer.password })
const made = (path, body, headers) => call(owner, 'POST', path, body, headers)

// what goes well, what is refused by us, and what an upstream says in its own words
for (let n = 0; n < 3; n++) assert.equal(await chat(key, 'gpt-4o-mini'), 200)
assert.equal(await chat(key, 'no-such'), 404)
assert.equal(await chat(key, PROBE), 404)
const upstream = http.createServer((request, answer) => {
  request.resume().on('end', () => {
    answer.writeHead(400, { 'Content-Type': 'application/json' })
    answer.end(JSON.stringify({ error: { message: PROBE, type: PROBE, code: PROBE } }))
  })
})
await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve))
await made('/api/providers', { name: `probe-${process.pid}`, protocols: ['openai'], base_url: `http://127.0.0.1:${upstream.address().port}` })
const account = await made('/api/provider-accounts', {
  provider: `probe-${process.pid}`,
  name: `${PROBE} ${process.pid}`,
  keys: ['sk-probe-0000'],
  models: ['gpt-4o-mini'],
  groups: ['probe'],
})
await call(owner, 'POST', `/api/provider-accounts/${account.data.id}/test`, {}).catch(() => undefined)

const { data: me } = await call(user, 'GET', '/api/v1/me')
const number = (await call(owner, 'GET', `/api/users?email=${encodeURIComponent(payer.name)}`)).data[0].id
const probeKey = await made('/api/api-keys', { tenant_id: 1, user_id: number, name: PROBE, groups: ['probe'] })
assert.equal(await chat(probeKey.data.secret, 'gpt-4o-mini'), 400)
await call(user, 'POST', '/api/v1/me/keys', { name: PROBE })
await made('/api/tenants', { name: `${PROBE} ${process.pid}`, currency: 'USD' })
await made(`/api/users/${number}/grants`, { amount: '0.5', reason: PROBE }, { 'Idempotency-Key': crypto.randomUUID() })
await made('/api/admins', { username: `probe-${process.pid}`, nickname: PROBE, role: 'read-only' })
await made('/api/plans', {
  ...{ tenant_id: 1, code: `probe-${process.pid}`, name: PROBE, price: '0.10', period_unit: 'month', period_count: 1, tokens: 1000 },
})
await made('/api/redemption-codes', { tenant_id: 1, name: PROBE, asset: 'TOKEN', amount: '10', codes: 2 })
await call(owner, 'PUT', '/api/spend-limits', { tenant_id: 1, scope: 'user', user_id: number, span: 'month', amount: '500' })

// what members have, and somebody's rewards that wait to be paid out
await made(`/api/users/${number}/recharge`, { amount: '5', card_type: 'gift', reason: PROBE })
await made('/api/quota-plans', { code: `probe-${process.pid}`, name: PROBE, fee: '1.5', max_users: 10 })
await call(owner, 'PUT', '/api/tenants/1/reward-terms', { address_cool_down_s: 0, withdrawal_minimum: 1 })
const leader = await signedIn('/api/v1/auth/login', { email: 'leader@demo.example', password: payer.password })
for (const remark of [PROBE, 'for the month']) {
  await call(
    leader,
    'POST',
    '/api/v1/me/withdrawals',
    { amount: '2', network: 'TRC20', address: 'TSeed7Withdrawal', remark },
    { 'Idempotency-Key': crypto.randomUUID() },
  )
}

// a payment that came in
const order = await call(user, 'POST', '/api/v1/billing/recharge', { user_id: me.user_id, amount: '12.34', payment_method: 'sandbox' })
assert.ok((await fetch(`${order.payment_url}/pay`, { method: 'POST' })).ok, 'the channel took the payment')
await until('the order is paid', async () => {
  const { data } = await call(owner, 'GET', `/api/recharge-orders?order_id=${order.order_id}`)
  return data[0]?.status === 'success'
})
await until('the log has the requests', async () => {
  const { data } = await call(owner, 'GET', '/api/request-logs')
  return data.length >= 6
})
upstream.close()
upstream.closeAllConnections()
console.log(JSON.stringify({ number, account: account.data.id, order: order.order_id }))
