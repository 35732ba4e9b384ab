// The official Anthropic SDK with nothing changed but base URL and key, against a model of each
// upstream protocol. DEMO_FILE names the demo.json of a running installation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const client = (user) =>
  new Anthropic({ baseURL: demo.public_url, apiKey: demo.users[user].api_key, maxRetries: 0 });
const paying = client(1);
const messages = [{ role: 'user', content: 'Say hello to the gate.' }];
const weather = {
  name: 'get_weather',
  description: 'Tells the weather of a city.',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  },
};
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

for (const model of demo.models) {
  test(`${model} answers a message`, async () => {
    const answer = await paying.messages.create({ model, max_tokens: 60, system: 'Be kind.', messages });
    assert.equal(answer.type, 'message');
    assert.equal(answer.role, 'assistant');
    assert.equal(answer.content[0].type, 'text');
    assert.ok(answer.content[0].text.length > 0);
    assert.ok(['end_turn', 'max_tokens'].includes(answer.stop_reason), answer.stop_reason);
    assert.ok(answer.usage.input_tokens > 0);
    assert.ok(answer.usage.output_tokens > 0);
    assert.match(answer._request_id, /^[0-9a-f-]{36}$/);
  });

  test(`${model} streams a message that the SDK puts together`, async () => {
    const stream = paying.messages.stream({ model, max_tokens: 60, messages });
    let text = '';
    stream.on('text', (more) => {
      text += more;
    });
    const answer = await stream.finalMessage();
    assert.ok(text.length > 0);
    assert.equal(answer.content.map((block) => block.text ?? '').join(''), text);
    assert.ok(['end_turn', 'max_tokens'].includes(answer.stop_reason), answer.stop_reason);
    assert.ok(answer.usage.output_tokens > 0);
  });

  test(`${model} calls a tool and takes its result`, async () => {
    const ask = [{ role: 'user', content: 'Use get_weather for Paris.' }];
    const first = await paying.messages.create({
      model,
      max_tokens: 200,
      messages: ask,
      tools: [weather],
      tool_choice: { type: 'tool', name: 'get_weather' },
    });
    assert.equal(first.stop_reason, 'tool_use');
    const call = first.content.find((block) => block.type === 'tool_use');
    assert.equal(call.name, 'get_weather');
    assert.equal(typeof call.input, 'object');
    const second = await paying.messages.create({
      model,
      max_tokens: 60,
      tools: [weather],
      messages: [
        ...ask,
        { role: 'assistant', content: first.content },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: call.id, content: 'Sunny, 21 degrees.' }],
        },
      ],
    });
    assert.ok(second.content.some((block) => block.type === 'text'));
  });

  test(`${model} streams the call of a tool`, async () => {
    const answer = await paying.messages
      .stream({
        model,
        max_tokens: 200,
        messages: [{ role: 'user', content: 'Use get_weather for Paris.' }],
        tools: [weather],
        tool_choice: { type: 'any' },
      })
      .finalMessage();
    const call = answer.content.find((block) => block.type === 'tool_use');
    assert.equal(call.name, 'get_weather');
    assert.equal(typeof call.input.city, 'string');
    assert.equal(answer.stop_reason, 'tool_use');
  });

  test(`${model} has its tokens counted, free`, async () => {
    const count = await paying.messages.countTokens({ model, system: 'Be kind.', messages });
    assert.ok(count.input_tokens > 5, String(count.input_tokens));
  });

  test(`${model} looks at a picture`, async () => {
    const answer = await paying.messages.create({
      model,
      max_tokens: 60,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
            { type: 'text', text: 'What is on it?' },
          ],
        },
      ],
    });
    assert.ok(answer.content[0].text.length > 0);
  });

  test(`${model} goes through a conversation of several turns`, async () => {
    const answer = await paying.messages.create({
      model,
      max_tokens: 60,
      messages: [
        { role: 'user', content: 'One.' },
        { role: 'assistant', content: 'Two.' },
        { role: 'user', content: [{ type: 'text', text: 'Three?' }, { type: 'text', text: 'Four?' }] },
      ],
      stop_sequences: ['never said'],
    });
    assert.ok(answer.content[0].text.length > 0);
  });
}

test('a bad key is an authentication error', async () => {
  const nobody = new Anthropic({ baseURL: demo.public_url, apiKey: 'sk-nobody', maxRetries: 0 });
  await assert.rejects(
    nobody.messages.create({ model: demo.models[0], max_tokens: 5, messages }),
    (error) => error instanceof Anthropic.AuthenticationError && error.status === 401,
  );
});

test('an unknown model is not found', async () => {
  await assert.rejects(
    paying.messages.create({ model: 'no-such-model', max_tokens: 5, messages }),
    (error) => error instanceof Anthropic.NotFoundError && error.error.error.type === 'not_found_error',
  );
});

test('a request without max_tokens is refused', async () => {
  await assert.rejects(
    paying.messages.create({ model: demo.models[0], messages }),
    (error) =>
      error instanceof Anthropic.BadRequestError &&
      error.error.error.type === 'invalid_request_error' &&
      error.message.includes('max_tokens'),
  );
});

test('an empty balance is a billing error', async () => {
  await assert.rejects(
    client(2).messages.create({ model: demo.models[0], max_tokens: 5, messages }),
    (error) => error.status === 402 && error.error.error.type === 'billing_error',
  );
});

test('lists models', async () => {
  const ids = [];
  for await (const model of paying.models.list()) {
    assert.equal(model.type, 'model');
    ids.push(model.id);
  }
  for (const model of demo.models) {
    assert.ok(ids.includes(model), `${model} is not listed`);
  }
  assert.equal((await paying.models.retrieve(demo.models[0])).id, demo.models[0]);
});
