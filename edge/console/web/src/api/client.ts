import type { LosslessNumber } from 'lossless-json'
import type { Decimal } from './decimal'
import { ApiError, errorOf } from './errors'
import type { paths } from './generated/schema'
import { readJson, writeJson } from './json'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, infer O> ? (O extends undefined ? never : P) : never
}[keyof paths]
type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P]
  ? NonNullable<paths[P][M]>
  : never
type JsonOf<A> = A extends { content: { 'application/json': infer B } } ? B : undefined
type Answer<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 ? JsonOf<R[S]> : never }[keyof R]
  : never

/** What may be sent where the description has a number. */
type Sent<T> = T extends Decimal
  ? Decimal | LosslessNumber | number
  : T extends (infer E)[]
    ? Sent<E>[]
    : T extends object
      ? { [K in keyof T]: Sent<T[K]> }
      : T
type BodyOf<O> = O extends { requestBody?: infer B }
  ? Sent<JsonOf<NonNullable<B>>>
  : undefined

export type Query = Record<string, string | number | boolean | null | undefined>

export interface CallOptions {
  /** Values of `{name}` in the path. */
  at?: Record<string, string>
  query?: Query
  signal?: AbortSignal
}

export interface ChangeOptions<B> extends CallOptions {
  body?: B
  /** Made when the form was opened: the same one is one result, however often it is sent. */
  idempotencyKey?: string
}

type Listener = () => void
const lost = new Set<Listener>()

/** Calls back when an answer says that nobody is signed in any more. Returns what ends that. */
export function onSessionLost(listener: Listener): () => void {
  lost.add(listener)
  return () => lost.delete(listener)
}

/** The address of a call: the path with its values and the query, without what is empty. */
export function addressOf(path: string, options: CallOptions = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = options.at?.[name]
    if (value === undefined) throw new Error(`${path}: no value for ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${filled}?${query}` : filled
}

async function send(
  method: Method,
  path: string,
  options: ChangeOptions<unknown>,
  json = options.body === undefined ? undefined : writeJson(options.body),
): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'get') headers['X-Tollgate-CSRF'] = '1'
  if (json !== undefined) headers['Content-Type'] = 'application/json'
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  let answer: Response
  let text: string
  try {
    answer = await fetch(addressOf(path, options), {
      method: method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(json === undefined ? {} : { body: json }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    text = await answer.text()
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiError(0, 'NO_ANSWER', 'no answer came')
  }
  return judged(answer, text)
}

function judged(answer: Response, text: string): unknown {
  const requestId = answer.headers.get('X-Request-Id')
  let body: unknown
  try {
    body = text === '' ? null : readJson(text)
  } catch {
    body = undefined
  }
  if (!answer.ok) {
    const error = errorOf(answer.status, body, requestId)
    if (error.status === 401 && error.code === 'UNAUTHENTICATED') lost.forEach((listener) => listener())
    throw error
  }
  if (body === undefined) {
    throw new ApiError(answer.status, 'NOT_JSON', 'the answer is no JSON', null, {}, requestId)
  }
  return body
}

/** The API of both faces: the session is a cookie, so nothing of it is here. */
export const api = {
  get<P extends PathsWith<'get'>>(path: P, options: CallOptions = {}) {
    return send('get', path, options) as Promise<Answer<Operation<P, 'get'>>>
  },
  post<P extends PathsWith<'post'>>(path: P, options: ChangeOptions<BodyOf<Operation<P, 'post'>>> = {}) {
    return send('post', path, options) as Promise<Answer<Operation<P, 'post'>>>
  },
  /** A POST whose body was written already: much of it comes from a file and is not read here. */
  postText<P extends PathsWith<'post'>>(path: P, json: string, options: CallOptions = {}) {
    return send('post', path, options, json) as Promise<Answer<Operation<P, 'post'>>>
  },
  put<P extends PathsWith<'put'>>(path: P, options: ChangeOptions<BodyOf<Operation<P, 'put'>>> = {}) {
    return send('put', path, options) as Promise<Answer<Operation<P, 'put'>>>
  },
  patch<P extends PathsWith<'patch'>>(path: P, options: ChangeOptions<BodyOf<Operation<P, 'patch'>>> = {}) {
    return send('patch', path, options) as Promise<Answer<Operation<P, 'patch'>>>
  },
  delete<P extends PathsWith<'delete'>>(path: P, options: ChangeOptions<BodyOf<Operation<P, 'delete'>>> = {}) {
    return send('delete', path, options) as Promise<Answer<Operation<P, 'delete'>>>
  },
  /** A page of a list, whichever it is: what AppTable reads. */
  list(path: string, options: CallOptions) {
    return send('get', path, options) as Promise<ListAnswer>
  },
}

export interface ListAnswer {
  data: unknown[]
  total?: Decimal
  next_cursor?: string | null
}
