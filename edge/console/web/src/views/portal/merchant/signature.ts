// Signs a call of the merchant interface as its servers do (version 2), by what the browser has for it.

export interface SignedCall {
  method: 'GET'
  /** With its query, where it has one. */
  target: string
  appKey: string
  /** Unix seconds. */
  timestamp: number
  /** 16 to 64 characters, once. */
  nonce: string
}

const text = new TextEncoder()

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, '0')).join('')
}

/** Whether this page may sign at all: browsers do so only where nobody can listen in. */
export function canSign(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

/** A nonce that nobody has used. */
export function newNonce(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)).buffer)
}

/** The headers of a call without a body. The secret is not kept. */
export async function signedHeaders(call: SignedCall, secret: string): Promise<Record<string, string>> {
  const bodyHash = hex(await crypto.subtle.digest('SHA-256', new Uint8Array()))
  const signed = [call.method, call.target, String(call.timestamp), call.nonce, bodyHash].join('\n')
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return {
    'X-App-Key': call.appKey,
    'X-Timestamp': String(call.timestamp),
    'X-Nonce': call.nonce,
    'X-Sign-Version': '2',
    'X-Sign': hex(await crypto.subtle.sign('HMAC', key, text.encode(signed))),
  }
}

/** The same call as it is typed into a terminal; good for five minutes, and once. */
export function asCurl(base: string, call: SignedCall, headers: Record<string, string>): string {
  return [
    `curl '${base}${call.target}'`,
    ...Object.entries(headers).map(([name, value]) => `  -H '${name}: ${value}'`),
  ].join(' \\\n')
}
