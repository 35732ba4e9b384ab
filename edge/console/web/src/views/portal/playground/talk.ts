/** One message of a conversation in the playground. */
export interface Said {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface TalkTerms {
  model: string
  temperature?: number
  maxTokens?: number
}

export interface TalkEnd {
  requestId: string
  firstTokenMs: number | undefined
  totalMs: number
  inputTokens: string
  outputTokens: string
}

interface Chunk {
  choices?: { delta?: { content?: string | null } }[]
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null
  error?: { message?: string }
}

/** What the relay said of a request that it did not answer. */
export class TalkRefused extends Error {}

/** The request as it is sent, which the page shows as code too. */
export function bodyOf(terms: TalkTerms, said: readonly Said[]) {
  return {
    model: terms.model,
    messages: said.filter((each) => each.content !== ''),
    stream: true,
    stream_options: { include_usage: true },
    ...(terms.temperature === undefined ? {} : { temperature: terms.temperature }),
    ...(terms.maxTokens === undefined ? {} : { max_tokens: terms.maxTokens }),
  }
}

/** Events of a stream as they come: whole lines only, however the bytes are cut. */
export function eventReader(take: (data: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    rest += text
    const lines = rest.split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) take(line.slice(5).trim())
  }
}

/** Asks a model and hands over its answer as it comes. */
export async function talk(
  key: string,
  terms: TalkTerms,
  said: readonly Said[],
  signal: AbortSignal,
  hear: (text: string) => void,
): Promise<TalkEnd> {
  const begun = performance.now()
  const answer = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(bodyOf(terms, said)),
    credentials: 'omit',
    signal,
  })
  const end: TalkEnd = {
    requestId: answer.headers.get('X-Request-Id') ?? '',
    firstTokenMs: undefined,
    totalMs: 0,
    inputTokens: '',
    outputTokens: '',
  }
  if (!answer.ok || !answer.body) {
    const text = await answer.text()
    throw new TalkRefused(refusalIn(text) ?? `HTTP ${answer.status}`)
  }
  const take = eventReader((data) => {
    if (data === '' || data === '[DONE]') return
    const chunk = JSON.parse(data) as Chunk
    if (chunk.error) throw new TalkRefused(chunk.error.message ?? '')
    const text = chunk.choices?.[0]?.delta?.content
    if (text) {
      end.firstTokenMs ??= performance.now() - begun
      hear(text)
    }
    if (chunk.usage) {
      end.inputTokens = String(chunk.usage.prompt_tokens ?? '')
      end.outputTokens = String(chunk.usage.completion_tokens ?? '')
    }
  })
  const decoder = new TextDecoder()
  const reader = answer.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    take(decoder.decode(value, { stream: true }))
  }
  end.totalMs = performance.now() - begun
  return end
}

/** The sentence of an error body in any of the relay's forms. */
export function refusalIn(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { error?: string | { message?: string } }
    return typeof body.error === 'string' ? body.error : body.error?.message
  } catch {
    return undefined
  }
}
