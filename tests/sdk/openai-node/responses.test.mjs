// OpenAI's Responses with the official SDK, against a model of each upstream protocol.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI from 'openai';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const paying = new OpenAI({
  baseURL: `${demo.public_url}/v1`,
  apiKey: demo.users[1].api_key,
  maxRetries: 0,
});
const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'Tells the weather of a city.',
  strict: false,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

for (const model of demo.models) {
  test(`${model} responds`, async () => {
    const answer = await paying.responses.create({
      model,
      instructions: 'Be kind.',
      input: 'Say hello to the gate.',
      max_output_tokens: 60,
    });
    assert.equal(answer.object, 'response');
    assert.ok(answer.output_text.length > 0);
    assert.ok(['completed', 'incomplete'].includes(answer.status));
    assert.ok(answer.usage.input_tokens > 0);
    assert.ok(answer.usage.output_tokens > 0);
  });

  test(`${model} streams a response that the SDK puts together`, async () => {
    const stream = paying.responses.stream({
      model,
      input: 'Say hello to the gate.',
      max_output_tokens: 60,
    });
    let text = '';
    stream.on('response.output_text.delta', (event) => {
      text += event.delta;
    });
    const answer = await stream.finalResponse();
    assert.ok(text.length > 0);
    assert.equal(answer.output_text, text);
  });

  test(`${model} calls a function and takes its result`, async () => {
    const ask = { role: 'user', content: 'Use get_weather for Paris.' };
    const first = await paying.responses.create({
      model,
      input: [ask],
      tools: [weather],
      tool_choice: 'required',
      store: false,
    });
    const call = first.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, 'get_weather');
    JSON.parse(call.arguments);
    const second = await paying.responses.create({
      model,
      input: [
        ask,
        ...first.output,
        { type: 'function_call_output', call_id: call.call_id, output: 'Sunny.' },
      ],
      tools: [weather],
      store: false,
    });
    assert.ok(second.output_text.length > 0);
  });
}
