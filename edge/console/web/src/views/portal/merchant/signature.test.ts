import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asCurl, newNonce, signedHeaders } from './signature'

const call = { method: 'GET', target: '/merchant/users?page=1&limit=5', appKey: 'ak_1', timestamp: 1_767_225_600, nonce: '0123456789abcdef' } as const

describe('the signature of a merchant call', () => {
  it('is the HMAC of method, target, time, nonce and the hash of no body', async () => {
    const empty = createHash('sha256').update('').digest('hex')
    const expected = createHmac('sha256', 'sécret')
      .update(`GET\n/merchant/users?page=1&limit=5\n1767225600\n0123456789abcdef\n${empty}`)
      .digest('hex')
    const headers = await signedHeaders(call, 'sécret')
    expect(headers).toEqual({
      'X-App-Key': 'ak_1',
      'X-Timestamp': '1767225600',
      'X-Nonce': '0123456789abcdef',
      'X-Sign-Version': '2',
      'X-Sign': expected,
    })
  })

  it('says nothing of the secret in what is copied', async () => {
    const shown = asCurl('https://x.example', call, await signedHeaders(call, 'the-secret'))
    expect(shown).toContain("curl 'https://x.example/merchant/users?page=1&limit=5'")
    expect(shown).not.toContain('the-secret')
  })

  it('has another nonce each time', () => {
    const drawn = new Set(Array.from({ length: 100 }, newNonce))
    expect(drawn.size).toBe(100)
    for (const one of drawn) expect(one).toMatch(/^[0-9a-f]{32}$/)
  })
})
