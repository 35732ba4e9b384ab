import { expect, it } from 'vitest'
import { bodyOf, eventReader, refusalIn } from './talk'

it('reads events however their bytes are cut', () => {
  const whole = 'data: {"a":1}\n\ndata: {"b":"你好"}\r\n\r\ndata: [DONE]\n\n'
  for (let at = 1; at < whole.length; at++) {
    const heard: string[] = []
    const take = eventReader((data) => heard.push(data))
    take(whole.slice(0, at))
    take(whole.slice(at))
    expect(heard).toEqual(['{"a":1}', '{"b":"你好"}', '[DONE]'])
  }
})

it('sends what was said and no more', () => {
  expect(bodyOf({ model: 'm' }, [{ role: 'system', content: '' }, { role: 'user', content: 'hi' }])).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
    stream: true,
    stream_options: { include_usage: true },
  })
  expect(bodyOf({ model: 'm', temperature: 0, maxTokens: 5 }, [])).toMatchObject({ temperature: 0, max_tokens: 5 })
})

it('finds the sentence of a refusal', () => {
  expect(refusalIn('{"error":{"message":"no means"}}')).toBe('no means')
  expect(refusalIn('{"error":"plain"}')).toBe('plain')
  expect(refusalIn('<html>')).toBeUndefined()
})
