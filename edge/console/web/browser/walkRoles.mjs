// Who may do what: what is in sight, what is refused, and sessions where they do not belong.
import assert from 'node:assert/strict'
import http from 'node:http'
import { goWithin, settled, signIn } from './browser.mjs'
import { admin, adminOf, ask, base, fresh, inConsole, nobody, onTheLine, user, walk } from './walker.mjs'

/** A page's main action, and what it takes. */
const MAIN = [
  ['users', 'New user', 'users'],
  ['tenants', 'New tenant', 'tenants'],
  ['keys', 'New key', 'keys'],
  ['providers', 'New provider', 'providers'],
  ['accounts', 'New account', 'providers'],
  ['prices', 'New price', 'prices'],
  ['plans', 'New plan', 'selling'],
  ['codes', 'New batch', 'selling'],
  ['books', 'Run an audit', 'money'],
  ['spend-limits', 'New limit', 'limits'],
]
/** What each changes, tried with nothing in it: whoever may not is refused before anybody reads it. */
const CALLS = [
  ['POST', '/api/users', 'users'],
  ['POST', '/api/tenants', 'tenants'],
  ['POST', '/api/api-keys', 'keys'],
  ['PATCH', '/api/api-keys/1/toggle', 'keys_lower'],
  ['POST', '/api/providers', 'providers'],
  ['POST', '/api/provider-accounts', 'providers'],
  ['POST', '/api/provider-accounts/1/test', 'accounts_test'],
  ['POST', '/api/prices', 'prices'],
  ['POST', '/api/plans', 'selling'],
  ['POST', '/api/redemption-codes', 'selling'],
  ['PUT', '/api/spend-limits', 'limits'],
  ['POST', '/api/users/1/grants', 'money'],
  ['POST', '/api/users/1/forgive-owed', 'money'],
  ['POST', '/api/in-doubt/1/resolve', 'money'],
  ['POST', '/api/recharge-orders/1/refund', 'money'],
  ['POST', '/api/recharge-orders/1/ask', 'orders'],
  ['POST', '/api/ledger/audit', 'money'],
  ['POST', '/api/admins', 'admins'],
]
const NAMES = { owner: 'Owner', finance: 'Finance', support: 'Support', 'read-only': 'Read-only' }

/** A call as a script of the page itself would make it. */
function fromPage(page, method, path) {
  return page.evaluate(
    async ([how, where]) => {
      const answer = await fetch(where, { method: how, headers: { 'X-Tollgate-CSRF': '1', 'Content-Type': 'application/json' }, body: '{}' })
      return { status: answer.status, body: await answer.json() }
    },
    [method, path],
  )
}

async function cookieOf(context, name) {
  const found = (await context.cookies()).find((one) => one.name.endsWith(name))
  assert.ok(found, `no cookie ${name}`)
  return found
}

export async function walkRoles() {
  const owner = await onTheLine()
  for (const role of Object.keys(NAMES)) {
    await walk(`${role}: sees what they may do and who may do the rest, and is refused by the server too`, async () => {
      const who = role === 'owner' ? admin : await adminOf(owner.context, role)
      const { context, page, ask: call } = await inConsole('profile', who)
      const { data: me } = (await call('GET', '/api/auth/me')).body
      const may = (permission) => me.permissions.includes(permission)
      const nav = page.getByRole('navigation', { name: 'Navigation' })
      assert.equal(await nav.getByRole('link', { name: 'Administrators' }).count(), may('admins') ? 1 : 0)
      for (const [path, action, permission] of MAIN) {
        await goWithin(page, `/console/${path}`)
        await page.waitForURL(`**/console/${path}`)
        await settled(page)
        const button = page.getByRole('main').getByRole('button', { name: action })
        assert.ok(await button.first().waitFor().then(() => true, () => false), `${path}: no ${action}`)
        assert.equal(await button.first().isEnabled(), may(permission), `${path}: ${action}`)
        if (!may(permission)) {
          const told = await page.getByRole('main').getByText(/ may$/).first().innerText()
          const holders = me.holders[permission].map((one) => NAMES[one])
          assert.ok(holders.every((one) => told.includes(one)), `${path}: ${told}`)
        }
      }
      if (!may('admins')) {
        await goWithin(page, '/console/admins')
        await page.getByText('This page is not open to you').waitFor()
      }
      for (const [method, path, permission] of CALLS) {
        if (may(permission)) continue
        const { status, body } = await fromPage(page, method, path)
        assert.equal(status, 403, `${method} ${path}`)
        assert.ok(me.holders[permission].every((one) => JSON.stringify(body).includes(one)), `${method} ${path} names who may: ${JSON.stringify(body)}`)
      }
      await context.close()
      if (role !== 'owner') await who.end()
    })
  }
  await owner.context.close()

  await walk('a session in the other face’s cookie is none', async () => {
    const context = await nobody()
    await signIn(context, 'console', base, admin)
    await signIn(context, 'portal', base, user)
    const [ours, theirs] = [await cookieOf(context, 'tg_admin'), await cookieOf(context, 'tg_user')]
    await context.clearCookies()
    await context.addCookies([
      { ...ours, value: theirs.value },
      { ...theirs, value: ours.value },
    ])
    for (const path of ['/api/auth/me', '/api/v1/me']) assert.equal((await ask(context, 'GET', path)).status, 401, path)
    await context.close()
  })

  await walk('no page of another origin or port acts with the session, whatever it sends', async () => {
    const { context, page } = await fresh()
    await signIn(context, 'console', base, admin)
    const target = `${base}/api/auth/logout`
    const foreign = http.createServer((_, answer) =>
      answer
        .setHeader('Content-Type', 'text/html')
        .end(`<h1>elsewhere</h1><form method="post" enctype="text/plain" action="${target}"><input name="x"><button>go</button></form>`),
    )
    await new Promise((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const { port } = foreign.address()
    for (const host of ['127.0.0.1', 'localhost']) {
      await page.goto(`http://${host}:${port}/`)
      await page.evaluate(async (address) => {
        const tries = [
          { mode: 'no-cors' },
          { mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{}' },
          { mode: 'cors', headers: { 'X-Tollgate-CSRF': '1' } },
          { mode: 'cors', headers: { 'Content-Type': 'application/json' }, body: '{}' },
        ]
        for (const one of tries) await fetch(address, { method: 'POST', credentials: 'include', ...one }).catch(() => 0)
        navigator.sendBeacon(address, new Blob(['{}'], { type: 'text/plain' }))
      }, target)
      await page.getByRole('button', { name: 'go' }).click()
      await page.waitForURL(target)
      const read = await page.goto(`http://${host}:${port}/`).then(() =>
        page.evaluate((address) => fetch(address, { credentials: 'include' }).then((answer) => answer.status, () => 'not readable'), `${base}/api/auth/me`),
      )
      assert.equal(read, 'not readable', host)
    }
    foreign.close()
    assert.equal((await ask(context, 'GET', '/api/auth/me')).status, 200, 'the session was ended from elsewhere')
    await context.close()
  })
}
