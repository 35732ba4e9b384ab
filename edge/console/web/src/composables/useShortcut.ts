import { useEventListener } from '@vueuse/core'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** Whether a key means what it is pressed on, as Enter on a link. */
export function isOnControl(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('a, button, summary, [role="button"]') !== null
}

/**
 * A key without modifiers; never while somebody types or a dialog is open. Where it is not wanted it goes
 * on to whatever it means to the browser.
 */
export function useShortcut(
  key: string,
  action: (event: KeyboardEvent) => void,
  isWanted: (event: KeyboardEvent) => boolean = () => true,
): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== key.toLowerCase() || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]') || !isWanted(event)) return
    event.preventDefault()
    action(event)
  })
}
