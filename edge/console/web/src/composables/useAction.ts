import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { useErrorText } from '@/composables/useErrorText'
import { useNotices, type Notice } from '@/stores/notices'

/** What is said when it is done; with what takes it back, where nothing of it is final. */
type Told = Omit<Notice, 'id' | 'tone' | 'undo'> & { tone?: Notice['tone']; undo?: () => Promise<unknown> }

/** Something that is done at once by a button: told when it is done, told why where it was not; what is shown is read anew. */
export function useAction() {
  const queries = useQueryClient()
  const notices = useNotices()
  const words = useErrorText()
  const isRunning = ref(false)

  /** Whether it was done. */
  async function run<T>(call: () => Promise<T>, told?: Told | ((answer: T) => Told)): Promise<boolean> {
    if (isRunning.value) return false
    isRunning.value = true
    try {
      const answer = await call()
      if (told) tell(typeof told === 'function' ? told(answer) : told)
      return true
    } catch (cause) {
      fail(cause)
      return false
    } finally {
      isRunning.value = false
      void queries.invalidateQueries()
    }
  }

  function tell({ undo, ...said }: Told): void {
    notices.tell({ tone: 'good', ...said, ...(undo ? { undo: () => takeBack(undo) } : {}) })
  }

  async function takeBack(undo: () => Promise<unknown>): Promise<void> {
    try {
      await undo()
    } catch (cause) {
      fail(cause)
    } finally {
      void queries.invalidateQueries()
    }
  }

  function fail(cause: unknown): void {
    notices.tell({ tone: 'bad', text: words.sentence(cause) })
  }

  return { run, isRunning }
}
