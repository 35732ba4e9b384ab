import { expect, it } from 'vitest'
import { samplesOf } from './samples'

it('every way has the address, the key and the model filled in', () => {
  const samples = samplesOf('https://ai.example', 'sk-own', 'demo-small')
  expect(samples.length).toBeGreaterThanOrEqual(8)
  for (const sample of samples) {
    expect(sample.code, sample.id).toContain('https://ai.example')
    expect(sample.code, sample.id).toContain('sk-own')
    expect(sample.code, sample.id).toContain('demo-small')
  }
})
