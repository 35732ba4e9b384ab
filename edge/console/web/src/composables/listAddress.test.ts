import { describe, expect, it } from 'vitest'
import { askFor, readAddress, writeAddress } from './listAddress'

const LIST = {
  filters: [
    { name: 'status', label: '', kind: 'text' as const },
    { name: 'user', label: '', kind: 'number' as const, api: 'user_id' },
  ],
  range: '24h' as const,
  tenants: true,
}
const NOW = Date.parse('2026-11-30T12:00:00Z')

describe('the address of a list', () => {
  it('says everything that decides what is seen, and nothing more', () => {
    const query = { range: '7d', status: 'error', sort: '-cost', page: '2', open: 'r1', tenant: '4' }
    const state = readAddress(LIST, query)
    expect(state).toMatchObject({ page: 2, range: '7d', sort: '-cost', open: 'r1', filters: { status: 'error' } })
    expect(writeAddress(LIST, state, query)).toEqual(query)
    expect(writeAddress(LIST, readAddress(LIST, {}), {})).toEqual({})
  })

  it('strange values are as none', () => {
    const state = readAddress(LIST, { page: '-3', size: '7', range: '1000y', status: ['a', 'b'] })
    expect(state).toMatchObject({ page: 1, size: 20, range: '24h', filters: { status: 'a' } })
  })

  it('an own span of time stands for the preset', () => {
    const state = readAddress(LIST, { range: '7d', start: '2026-11-01T00:00:00.000Z' })
    expect(state).toMatchObject({ range: '', start: '2026-11-01T00:00:00.000Z' })
    expect(readAddress(LIST, { range: 'all' }).range).toBe('')
  })

  it('the API is asked by its own names', () => {
    const state = readAddress(LIST, { user: '7', size: '50' })
    expect(askFor(LIST, state, NOW, '4')).toEqual({
      page: 1,
      page_size: 50,
      user_id: '7',
      start: '2026-11-29T12:00:00.000Z',
      tenant_id: '4',
    })
  })

  it('the ends of a range may have other names', () => {
    const list = { ...LIST, ends: ['start_time', 'end_time'] as const }
    expect(askFor(list, readAddress(list, {}), NOW, '')).toMatchObject({ start_time: '2026-11-29T12:00:00.000Z' })
    const between = { start: '2026-11-01T00:00:00.000Z', end: '2026-11-02T00:00:00.000Z' }
    expect(askFor(list, readAddress(list, between), NOW, '')).toMatchObject({ start_time: between.start, end_time: between.end })
  })
})
