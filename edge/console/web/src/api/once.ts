/**
 * A key by which the server knows that a call is the same one again. `crypto.randomUUID` is not there on
 * pages that come over plain HTTP from elsewhere than this machine; random bytes are.
 */
export function onceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
