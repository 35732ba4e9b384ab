import { ref } from 'vue'
import { useErrorText } from '@/composables/useErrorText'
import { useNotices, type Notice } from '@/stores/notices'

type Told = Omit<Notice, 'id' | 'tone'> & { tone?: Notice['tone'] }

/** Something that is done at once by a button: told when it is done, and told why where it was not. */
export function useAction() {
  const notices = useNotices()
  const words = useErrorText()
  const isRunning = ref(false)

  /** Whether it was done. */
  async function run<T>(call: () => Promise<T>, told?: (answer: T) => Told): Promise<boolean> {
    if (isRunning.value) return false
    isRunning.value = true
    try {
      const answer = await call()
      if (told) notices.tell({ tone: 'good', ...told(answer) })
      return true
    } catch (cause) {
      notices.tell({ tone: 'bad', text: words.sentence(cause) })
      return false
    } finally {
      isRunning.value = false
    }
  }

  return { run, isRunning }
}
