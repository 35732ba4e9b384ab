import { describe, expect, it } from 'vitest'
import { areasOf, type SettingInForce } from './areas'

function setting(name: string, area: SettingInForce['area'], source: SettingInForce['source'] = 'default'): SettingInForce {
  return { name, area, description: `About ${name}.`, value: '1', configured: '1', source, set_by: null, secret: false, editable: false }
}

describe('areasOf', () => {
  const all = [setting('log.days', 'retention'), setting('mail.from', 'mail', 'file'), setting('port', 'process')]

  it('puts areas in the order in which they are looked for', () => {
    expect(areasOf(all, '', false).map((area) => area.name)).toEqual(['mail', 'retention', 'process'])
  })

  it('finds by name and by what it says', () => {
    expect(areasOf(all, 'LOG', false).flatMap((area) => area.settings.map((one) => one.name))).toEqual(['log.days'])
    expect(areasOf(all, 'about mail', false)).toHaveLength(1)
    expect(areasOf(all, 'nothing', false)).toEqual([])
  })

  it('leaves out what nobody has set', () => {
    expect(areasOf(all, '', true).map((area) => area.name)).toEqual(['mail'])
  })
})
