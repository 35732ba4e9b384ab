/** Files of areas as one set of messages: `requests.json` is found below `requests`. */
export function messagesOf(files: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(files).map(([path, messages]) => [path.replace(/^\.\/|\.json$/g, ''), messages]),
  )
}
