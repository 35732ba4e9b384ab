import { useEventListener } from '@vueuse/core'
import { computed, reactive, ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { useErrorText } from '@/composables/useErrorText'

/** A field's check: the key of what is wrong, or nothing. */
export type Check = (value: string) => string | undefined

interface FormOptions<V extends Record<string, string | boolean>> {
  initial: V
  checks?: Partial<Record<keyof V, Check>>
  send: (values: V) => Promise<void>
}

/** A form: what was typed, what is wrong with it here and at the server, and whether it changed. */
export function useForm<V extends Record<string, string | boolean>>(options: FormOptions<V>) {
  const { t } = useI18n()
  const words = useErrorText()
  const first = JSON.stringify(options.initial)
  const values = reactive({ ...options.initial }) as V
  const errors = reactive<Record<string, string>>({})
  const failure = ref<unknown>()
  const isSending = ref(false)
  const isSent = ref(false)
  const isChanged = computed(() => !isSent.value && JSON.stringify(values) !== first)

  function check(name: keyof V & string): boolean {
    const wrong = options.checks?.[name]?.(String(values[name]))
    if (wrong) errors[name] = t(wrong)
    else delete errors[name]
    return !wrong
  }

  async function submit(): Promise<void> {
    if (isSending.value) return
    failure.value = undefined
    const fine = Object.keys(options.initial).map((name) => check(name))
    if (fine.includes(false)) return
    isSending.value = true
    try {
      await options.send(values)
      isSent.value = true
    } catch (cause) {
      failure.value = cause
      if (cause instanceof ApiError) Object.assign(errors, cause.fields)
    } finally {
      isSending.value = false
    }
  }

  function mayLeave(): boolean {
    return !isChanged.value || confirm(t('components.leaveForm'))
  }

  onBeforeRouteLeave(() => mayLeave())
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
  })
  useEventListener(window, 'beforeunload', (event) => {
    if (isChanged.value) event.preventDefault()
  })

  return {
    values,
    errors,
    failure,
    isSending,
    isChanged,
    check,
    submit,
    mayLeave,
    sentence: computed(() => (failure.value === undefined ? '' : words.sentence(failure.value))),
  }
}

export const required: Check = (value) => (value.trim() === '' ? 'components.required' : undefined)
