import { api } from '@/api/client'

const SPARE_MS = 30_000

/** The session's key for trying models: in memory, made anew before it ends. */
export function usePlaygroundKey() {
  let secret = ''
  let until = 0
  return async function key(): Promise<string> {
    if (Date.now() > until - SPARE_MS) {
      const made = await api.post('/api/v1/me/playground-key')
      secret = made.data.secret
      until = new Date(made.data.expires_at).getTime()
    }
    return secret
  }
}
