import { useEventListener } from '@vueuse/core'
import { computed, inject, provide, reactive, ref, watch, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/errors'
import { useErrorText } from '@/composables/useErrorText'
import { useKept } from '@/composables/useKept'
import { useLeaving } from '@/composables/useLeaving'

/** A field's check: the key of what is wrong, or nothing. */
export type Check = (value: string) => string | undefined

type Values = Record<string, string | boolean>

interface FormOptions<V extends Values> {
  /** Its name on its page, with what it changes: what was typed is kept by it. */
  name: string
  initial: V
  /** What is never kept. */
  secrets?: readonly (keyof V & string)[]
  checks?: Partial<Record<keyof V, Check>>
  send: (values: V) => Promise<void>
}

const PRESET: InjectionKey<(set: () => void) => void> = Symbol('preset')

/** Sets what a form begins with once it is known, which is no change of it. */
export function usePreset(): (set: () => void) => void {
  return inject(PRESET, (set) => set())
}

/**
 * A form: what was typed, what is wrong with it here and at the server, and whether it changed. What was
 * typed survives an error, the end of the session and a reload, but for secrets.
 */
export function useForm<V extends Values>(options: FormOptions<V>) {
  const { t } = useI18n()
  const words = useErrorText()
  const first = ref(JSON.stringify(options.initial))
  const kept = useKept<Partial<Values>>(`form:${options.name}`, {})
  const values = reactive({ ...options.initial, ...known(kept.value) }) as V
  const errors = reactive<Record<string, string>>({})
  const failure = ref<unknown>()
  const isSending = ref(false)
  const isSent = ref(false)
  const isChanged = computed(() => !isSent.value && JSON.stringify(values) !== first.value)

  function known(before: Partial<Values>): Partial<Values> {
    return Object.fromEntries(
      Object.entries(before).filter(([name, value]) => typeof options.initial[name] === typeof value),
    )
  }

  watch(
    () => JSON.stringify(values),
    () => {
      const open = Object.entries(values).filter(([name]) => !options.secrets?.includes(name))
      kept.value = isChanged.value ? (Object.fromEntries(open) as Values) : {}
    },
  )
  provide(PRESET, (set) => {
    const was = isChanged.value
    set()
    if (!was) first.value = JSON.stringify(values)
  })

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

  const mayLeave = useLeaving(() => isChanged.value)
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
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
