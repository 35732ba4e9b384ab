import { useQueryClient } from '@tanstack/vue-query'
import { useNotices } from '@/stores/notices'
import { useErrorText } from '@/composables/useErrorText'

interface ChangeWords {
  /** Said when it is done. */
  done: string
  /** Takes it back at once, where nothing of it is final. */
  undo?: () => Promise<unknown>
}

/** Does something at once, says so with a way back, and has what is shown read anew. */
export function useChange() {
  const queries = useQueryClient()
  const notices = useNotices()
  const words = useErrorText()

  async function change(act: () => Promise<unknown>, said: ChangeWords): Promise<boolean> {
    try {
      await act()
    } catch (cause) {
      notices.tell({ tone: 'bad', text: words.sentence(cause) })
      return false
    } finally {
      void queries.invalidateQueries()
    }
    const undo = said.undo
    notices.tell({
      tone: 'good',
      text: said.done,
      ...(undo ? { undo: () => change(undo, { done: said.done }).then(() => undefined) } : {}),
    })
    return true
  }

  return change
}
