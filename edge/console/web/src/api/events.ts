import { addressOf, type CallOptions } from './client'
import { errorOf } from './errors'
import { readJson, writeJson } from './json'

export interface ToldEvent {
  name: string
  data: unknown
}

/** Events that a POST is answered with, one by one as they happen. */
export async function* postForEvents(
  path: string,
  options: CallOptions & { body?: unknown },
): AsyncGenerator<ToldEvent, void, undefined> {
  const answer = await fetch(addressOf(path, options), {
    method: 'POST',
    headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json', 'X-Tollgate-CSRF': '1' },
    credentials: 'same-origin',
    body: writeJson(options.body ?? {}),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  if (!answer.ok || !answer.body) {
    const text = await answer.text()
    throw errorOf(answer.status, text === '' ? null : readJson(text), answer.headers.get('X-Request-Id'))
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    held += value
    const blocks = held.split('\n\n')
    held = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = readBlock(block)
      if (event) yield event
    }
  }
}

/** One event of the text/event-stream form; comments are none. */
export function readBlock(block: string): ToldEvent | undefined {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim()
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart())
  }
  return data.length === 0 ? undefined : { name, data: readJson(data.join('\n')) }
}
