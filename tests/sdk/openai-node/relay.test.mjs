// The official SDK with nothing changed but base URL and key.
// TOLLGATE_DEMO names the demo.json of a running installation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI from 'openai';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const baseURL = `${demo.public_url}/v1`;
const paying = new OpenAI({ baseURL, apiKey: demo.users[1].api_key });
const messages = [{ role: 'user', content: 'Say hello to the gate.' }];

test('chats', async () => {
  const answer = await paying.chat.completions.create({ model: 'gpt-4o-mini', messages });
  assert.equal(answer.object, 'chat.completion');
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.ok(answer.usage.prompt_tokens > 0);
  assert.ok(answer.usage.completion_tokens > 0);
  assert.match(answer._request_id, /^[0-9a-f-]{36}$/);
});

for (const model of demo.models) {
  test(`chats with ${model} over the OpenAI protocol`, async () => {
    const answer = await paying.chat.completions.create({ model, messages, max_tokens: 20 });
    assert.ok(answer.choices[0].message.content.length > 0);
  });
}

test('streams without usage unless it is asked for', async () => {
  const stream = await paying.chat.completions.create({
    model: 'gpt-4o-mini',
    messages,
    stream: true,
  });
  let text = '';
  let finish = null;
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    assert.ok(chunk.choices.length > 0, 'a usage chunk nobody asked for');
    text += chunk.choices[0].delta.content ?? '';
    finish = chunk.choices[0].finish_reason ?? finish;
  }
  assert.ok(text.length > 0);
  assert.equal(finish, 'stop');
});

test('streams with usage when it is asked for', async () => {
  const stream = await paying.chat.completions.create({
    model: 'gpt-4o-mini',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let usage = null;
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage;
  }
  assert.ok(usage.prompt_tokens > 0);
  assert.ok(usage.completion_tokens > 0);
});

test('calls a tool', async () => {
  const answer = await paying.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Use get_weather for Paris.' }],
    tools: [
      {
        type: 'function',
        function: {
          name: 'get_weather',
          parameters: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
          },
        },
      },
    ],
  });
  const call = answer.choices[0].message.tool_calls[0];
  assert.equal(call.function.name, 'get_weather');
  JSON.parse(call.function.arguments);
  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
});

test('lists models', async () => {
  const ids = [];
  for await (const model of paying.models.list()) {
    assert.equal(model.object, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.length >= 40);
  for (const model of demo.models) {
    assert.ok(ids.includes(model), `${model} is not listed`);
  }
  const one = await paying.models.retrieve('gpt-4o-mini');
  assert.equal(one.id, 'gpt-4o-mini');
});

test('raises AuthenticationError for a bad key', async () => {
  const client = new OpenAI({ baseURL, apiKey: 'sk-nobody' });
  await assert.rejects(
    client.chat.completions.create({ model: 'gpt-4o-mini', messages }),
    (error) =>
      error instanceof OpenAI.AuthenticationError &&
      error.status === 401 &&
      error.code === 'invalid_api_key',
  );
});

test('raises NotFoundError for an unknown model', async () => {
  await assert.rejects(
    paying.chat.completions.create({ model: 'no-such-model', messages }),
    (error) =>
      error instanceof OpenAI.NotFoundError &&
      error.status === 404 &&
      error.code === 'model_not_found',
  );
});

test('raises BadRequestError for a request without messages', async () => {
  await assert.rejects(
    paying.chat.completions.create({ model: 'gpt-4o-mini' }),
    (error) => error instanceof OpenAI.BadRequestError && error.status === 400,
  );
});

test('raises its status error for an empty balance', async () => {
  const client = new OpenAI({ baseURL, apiKey: demo.users[2].api_key });
  await assert.rejects(
    client.chat.completions.create({ model: 'gpt-4o-mini', messages }),
    (error) =>
      error instanceof OpenAI.APIError &&
      error.status === 402 &&
      error.code === 'insufficient_quota',
  );
});

test('raises RateLimitError beyond the limit of the key', async () => {
  const client = new OpenAI({ baseURL, apiKey: demo.users[3].api_key, maxRetries: 0 });
  const outcomes = [];
  for (let request = 0; request < 4; request++) {
    try {
      await client.chat.completions.create({ model: 'gpt-4o-mini', messages, max_tokens: 5 });
      outcomes.push(200);
    } catch (error) {
      assert.ok(error instanceof OpenAI.RateLimitError, String(error));
      assert.equal(error.code, 'rate_limit_exceeded');
      assert.ok(Number(error.headers.get('retry-after')) >= 1);
      outcomes.push(error.status);
    }
  }
  assert.deepEqual(outcomes, [200, 200, 200, 429]);
});
