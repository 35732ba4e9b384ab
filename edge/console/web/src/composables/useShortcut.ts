import { useEventListener } from '@vueuse/core'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** A key without modifiers; never while somebody types or a dialog is open. */
export function useShortcut(key: string, action: (event: KeyboardEvent) => void): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== key.toLowerCase() || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    event.preventDefault()
    action(event)
  })
}
