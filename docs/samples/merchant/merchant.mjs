// A client of Tollgate's merchant API, with nothing but Node's own modules.
//
//   node merchant.mjs http://127.0.0.1:18100 APP_KEY APP_SECRET
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A call that was refused: the envelope's code and sentence. */
export class MerchantError extends Error {
  constructor(code, msg) {
    super(`${code}: ${msg}`)
    this.code = code
  }
}

export class Merchant {
  constructor(base, key, secret, version = 2) {
    Object.assign(this, { base: base.replace(/\/$/, ''), key, secret, version })
  }

  get(path, parameters = {}) {
    const query = new URLSearchParams(parameters).toString()
    return this.#call('GET', path + (query ? `?${query}` : ''), '', {})
  }

  post(path, parameters = {}, idempotencyKey) {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey
    return this.#call('POST', path, new URLSearchParams(parameters).toString(), headers)
  }

  sign(method, target, body) {
    const timestamp = Math.floor(Date.now() / 1000).toString()
    const headers = { 'X-App-Key': this.key, 'X-Timestamp': timestamp }
    if (this.version === 1) {
      // signs neither path nor body; for old systems only
      headers['X-Sign'] = createHash('md5').update(this.key + timestamp + this.secret).digest('hex')
      return headers
    }
    const nonce = randomBytes(16).toString('hex')
    const hash = createHash('sha256').update(body).digest('hex')
    const text = [method, target, timestamp, nonce, hash].join('\n')
    headers['X-Sign-Version'] = '2'
    headers['X-Nonce'] = nonce
    headers['X-Sign'] = createHmac('sha256', this.secret).update(text).digest('hex')
    return headers
  }

  async #call(method, target, body, headers) {
    const answer = await fetch(this.base + target, {
      method,
      headers: { 'Accept-Language': 'en', ...headers, ...this.sign(method, target, body) },
      body: method === 'POST' ? body : undefined,
      signal: AbortSignal.timeout(30_000),
    })
    const envelope = await answer.json()
    if (envelope.code !== 0) throw new MerchantError(envelope.code, envelope.msg)
    return envelope.data
  }
}

if (process.argv.length === 5) {
  const [base, key, secret] = process.argv.slice(2)
  const merchant = new Merchant(base, key, secret)
  const email = `sample-${randomBytes(6).toString('hex')}@example.com`
  const made = await merchant.post('/merchant/user/create', { email, password: 'four words are enough' })
  const given = await merchant.post(
    '/merchant/user/recharge', { email, amount: '2.5', type: 2 }, randomBytes(16).toString('hex'))
  const info = await merchant.get('/merchant/user/info', { email })
  const old = await new Merchant(base, key, secret, 1).get('/merchant/balance')
  if (made.email !== email || given.member_after_total !== 2.5) throw new Error('not as expected')
  console.log(JSON.stringify({ email, gift: info.point_card_gift, agent: old.point_card_total }))
}
