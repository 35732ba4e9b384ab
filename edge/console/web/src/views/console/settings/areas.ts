import type { components } from '@/api/generated/schema'

export type SettingInForce = components['schemas']['SettingInForce']

/** In the order in which they are looked for. */
const AREAS = [
  'channels',
  'mail',
  'sign_on',
  'retention',
  'features',
  'relay',
  'interfaces',
  'stores',
  'observability',
  'process',
] as const satisfies readonly SettingInForce['area'][]

export interface Area {
  name: SettingInForce['area']
  settings: SettingInForce[]
}

/** The settings that are looked for, by area; areas without any are left out. */
export function areasOf(settings: readonly SettingInForce[], wanted: string, changedOnly: boolean): Area[] {
  const text = wanted.trim().toLowerCase()
  const fits = (setting: SettingInForce) =>
    (!changedOnly || setting.source !== 'default') &&
    (text === '' || setting.name.includes(text) || setting.description.toLowerCase().includes(text))
  return AREAS.map((name) => ({ name, settings: settings.filter((setting) => setting.area === name && fits(setting)) })).filter(
    (area) => area.settings.length > 0,
  )
}
