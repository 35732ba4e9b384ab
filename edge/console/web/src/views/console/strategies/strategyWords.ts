import { useI18n } from 'vue-i18n'
import type { Parameter, Strategy } from './values'

/** What strategies and their parameters are called in the language of whoever looks, else as the server calls them. */
export function useStrategyWords() {
  const { t, te } = useI18n()
  return {
    name: (strategy: Strategy) =>
      te(`strategyKinds.${strategy.code}.name`) ? t(`strategyKinds.${strategy.code}.name`) : strategy.name,
    text: (strategy: Strategy) =>
      te(`strategyKinds.${strategy.code}.text`) ? t(`strategyKinds.${strategy.code}.text`) : strategy.description,
    parameter: (code: string, parameter: Parameter) => {
      const own = `strategyParameters.of.${code}.${parameter.name}`
      const any = `strategyParameters.any.${parameter.name}`
      return te(own) ? t(own) : te(any) ? t(any) : parameter.description
    },
  }
}
