/** What went wrong with a call: what the server said, or why it could not be asked. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    /** Of the server's catalogue, or NO_ANSWER, NOT_JSON. */
    readonly code: string,
    /** The server's sentence. */
    readonly sentence: string,
    readonly details: string | null = null,
    /** What is wrong with which field, where the server says so. */
    readonly fields: Readonly<Record<string, string>> = {},
    readonly requestId: string | null = null,
  ) {
    super(sentence)
    this.name = 'ApiError'
  }

  /** Whether the same request may succeed later: nothing was refused for what it asks. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The error of an answer whose body was read already, whatever it is. */
export function errorOf(status: number, body: unknown, requestId: string | null): ApiError {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const fields: Record<string, string> = {}
  if (typeof given.fields === 'object' && given.fields !== null) {
    for (const [name, sentence] of Object.entries(given.fields)) fields[name] = String(sentence)
  }
  return new ApiError(
    status,
    textOf(given.code) ?? `HTTP_${status}`,
    textOf(given.error) ?? `HTTP ${status}`,
    textOf(given.details),
    fields,
    textOf(given.request_id) ?? requestId,
  )
}
