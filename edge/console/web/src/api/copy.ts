/** Puts a text on the clipboard; the old way where a page that is not from a secure origin has no other. */
export async function copyText(text: string): Promise<void> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard
  if (clipboard) {
    await clipboard.writeText(text)
    return
  }
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'unseen'
  // within an open dialog, as nothing outside one can be chosen
  const around = document.querySelector('dialog[open]') ?? document.body
  const before = document.activeElement
  around.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
}
